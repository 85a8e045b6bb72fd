// How long the site takes to build beside a bare Starlight of as many pages.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, buildSite } from '../pages/build.ts';
import { readSite } from '../pages/site.ts';
import { Failure } from '../shared/failure.ts';
import { repositoryRoot } from '../stages/root.ts';
import { runTool } from '../testing/run-tool.ts';
import { median } from './median.ts';

const RUNS = 3;

/** Seconds of a build from nothing, ours and a bare one, as a Markdown table. */
export async function benchBuild(): Promise<string> {
  const ours = await repeat(() => build(repositoryRoot()));
  await buildSite();
  const pages = readSite(DIST).pages.length;
  // Inside the repository, so that Astro finds its packages; .cache is no part of it.
  const folder = makeBareSite(join(repositoryRoot(), '.cache'), pages);
  try {
    const bare = await repeat(() => build(folder));
    return [
      `| ${pages} pages | build, s (median of ${RUNS}) | a page, ms |`,
      '|---|---|---|',
      row('this course', ours, pages),
      row('bare Starlight', bare, pages),
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function repeat(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < RUNS; run += 1) values.push(await measure());
  return median(values);
}

function row(name: string, seconds: number, pages: number): string {
  return `| ${name} | ${seconds.toFixed(1)} | ${((seconds * 1000) / pages).toFixed(0)} |`;
}

async function build(folder: string): Promise<number> {
  const started = performance.now();
  // --force: nothing kept from a build before.
  const { code, all } = await runTool('astro', ['build', '--force'], {
    cwd: folder,
    environment: { ASTRO_TELEMETRY_DISABLED: '1' },
  });
  if (code !== 0)
    throw new Failure('E_BENCH_BUILD', `astro build in ${folder} ended with code ${code}:\n${all}`);
  return (performance.now() - started) / 1000;
}

/** A Starlight site with one language and nothing of its own: the 404 page and index are two of its pages. */
function makeBareSite(parent: string, pages: number): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bare-site-'));
  const docs = join(folder, 'src/content/docs');
  mkdirSync(docs, { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  // Astro bundles the packages that are named here and leaves others to Node.
  const dependencies = { astro: '*', '@astrojs/starlight': '*' };
  write(
    'package.json',
    JSON.stringify({ name: 'bare', private: true, type: 'module', dependencies }),
  );
  write(
    'astro.config.mjs',
    `import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
export default defineConfig({ site: 'http://localhost', integrations: [starlight({ title: 'Bare' })] });
`,
  );
  write(
    'src/content.config.ts',
    `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`,
  );
  const paragraph = 'A page of plain text, about as long as a section of a lesson. '.repeat(10);
  for (let page = 1; page < pages; page += 1) {
    const name = page === 1 ? 'index' : `page-${page}`;
    write(
      `src/content/docs/${name}.md`,
      `---\ntitle: Page ${page}\n---\n\n${`## Section\n\n${paragraph}\n\n`.repeat(8)}`,
    );
  }
  return folder;
}
