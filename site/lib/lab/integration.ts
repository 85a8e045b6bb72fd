import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { buildLab, copyLab, readManifest } from '../../../scripts/lab/build/index.ts';
import { stages } from '../stages.ts';

/** Where the site serves the Lab's files, below its base. */
const FOLDER = 'lab';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};

/**
 * Puts the Lab's files into the built site, and serves them while the site is being worked on.
 *
 * @example defineConfig({ integrations: [lab()] })
 */
export function lab(): AstroIntegration {
  return {
    name: 'lab',
    hooks: {
      async 'astro:build:done'({ dir, logger }) {
        const folder = await buildLab(stages, { say: (line) => logger.info(line) });
        copyLab(folder, join(fileURLToPath(dir), FOLDER));
        for (const [stage, { bytes, files }] of Object.entries(readManifest(folder).stages))
          logger.info(`${stage}: ${(bytes / 1000).toFixed(1)} kB gzip in ${files.length} files`);
      },
      'astro:server:setup'({ server, logger }) {
        const { base } = server.config;
        const root = `${base.replace(/\/$/, '')}/${FOLDER}/`;
        server.middlewares.use((request, response, next) => {
          const path = new URL(request.url ?? '/', 'http://site').pathname;
          // Of the Lab's folder only these are files; frames below it are the service worker's.
          const found = /^(manifest\.json|(vendor|stages)\/[\w-]+\.(js|json))$/;
          const name = path.startsWith(root)
            ? path.slice(root.length)
            : path.replace(/^\/lab\//, '');
          if (!found.test(name)) return next();
          buildLab(stages, { say: (line) => logger.info(line) })
            .then((folder) => {
              const file = join(folder, name);
              if (!existsSync(file)) return next();
              response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain');
              response.end(readFileSync(file));
            })
            .catch(next);
        });
      },
    },
  };
}
