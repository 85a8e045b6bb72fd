import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';

/** Where the site serves the index, below its base. */
const FOLDER = 'pagefind';

/**
 * Puts the index that the search asks into the built site. Starlight would let Pagefind write it, whose process is
 * ended before all has reached the disk: now and then a file stayed empty, and a language had no search.
 *
 * @example defineConfig({ integrations: [searchIndex()] })
 */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      async 'astro:build:done'({ dir, logger }) {
        const pages = await writeIndex(fileURLToPath(dir));
        logger.info(`${pages} pages can be searched`);
      },
    },
  };
}

/**
 * Writes the index of a folder's pages into it, and answers with how many there are.
 *
 * @example await writeIndex('dist') // 50
 */
export async function writeIndex(folder: string): Promise<number> {
  try {
    const { index } = whole(await createIndex());
    if (!index) throw new Error('Pagefind made no index and named no error.');
    const { page_count } = whole(await index.addDirectory({ path: folder }));
    if (page_count === 0)
      throw new Error(`${folder}: expected pages, found none. Build the site first.`);
    for (const { path, content } of whole(await index.getFiles()).files) {
      const file = join(folder, FOLDER, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    return page_count;
  } finally {
    await close();
  }
}

function whole<Answer extends { readonly errors: readonly string[] }>(answer: Answer): Answer {
  if (answer.errors.length > 0)
    throw new Error(`Pagefind could not index the pages: ${answer.errors.join('; ')}`);
  return answer;
}
