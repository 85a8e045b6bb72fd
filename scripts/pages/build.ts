import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../shared/failure.ts';
import { listFiles } from '../stages/files.ts';
import { repositoryRoot } from '../stages/root.ts';
import { runTool } from '../testing/run-tool.ts';

/** Where Astro writes the site. */
export const DIST = join(repositoryRoot(), 'dist');

const STAMP = join(DIST, '.built-from');
/** What pages can be made of: site and stages, and whichever scripts these use. */
const SOURCES = /^(site|stages|scripts)\/|^(astro\.config\.mjs|package-lock\.json|tsconfig\.json)$/;

/**
 * Builds the site into dist/.
 *
 * @example await buildSite();
 */
export async function buildSite(): Promise<void> {
  const sources = fingerprint();
  const { code, all } = await runTool('astro', ['build'], {
    environment: { ASTRO_TELEMETRY_DISABLED: '1' },
  });
  if (code !== 0)
    throw new Failure(
      'E_SITE_BUILD',
      `astro build ended with code ${code}:\n${fromFirstError(all)}`,
    );
  for (const folder of languageFolders())
    renameSync(join(DIST, folder, '404', 'index.html'), join(DIST, folder, '404.html'));
  writeFileSync(STAMP, sources);
}

/** Hosts look for 404.html, some for the one that is nearest to the address; Astro knows the topmost alone. */
function languageFolders(): string[] {
  return readdirSync(DIST).filter((name) => existsSync(join(DIST, name, '404', 'index.html')));
}

/**
 * Whether dist/ was built from the sources as they are now.
 *
 * @example if (!isBuilt()) await buildSite();
 */
export function isBuilt(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
}

/** Astro tells every page before the one that fails. */
function fromFirstError(output: string): string {
  return output.slice(Math.max(0, output.search(/^.*(\[ERROR\]|Unable to)/m)));
}

function fingerprint(): string {
  const root = repositoryRoot();
  const hash = createHash('sha256');
  hash.update(`${process.env['SITE_URL'] ?? ''}\0${process.env['SITE_BASE'] ?? ''}\0`);
  for (const path of listFiles(root).filter(
    (each) => SOURCES.test(each) && !each.endsWith('.test.ts'),
  )) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}
