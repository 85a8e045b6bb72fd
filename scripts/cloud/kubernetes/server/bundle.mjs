// Plain JavaScript: the set-up runs it before anything is there that strips types.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PACKAGE = 'node_modules/@ngrok/webernetes';

/** @param {string} name */
const versionOf = (name) =>
  JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;

/**
 * Makes one module of @ngrok/webernetes, whose own ones import each other without extensions as only bundlers
 * understand. Done once for each version; answers with the file.
 *
 * @example const file = await bundleWebernetes();
 * @returns {Promise<string>}
 */
export async function bundleWebernetes() {
  const version = versionOf('@ngrok/webernetes');
  const file = join(
    ROOT,
    'node_modules/.cache',
    `webernetes-${version}-${versionOf('esbuild')}.mjs`,
  );
  if (existsSync(file)) return file;
  const { build } = await import('esbuild');
  mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true });
  // Two processes may come here at once: each writes a file of its own, and the last one stays.
  const own = `${file}.${process.pid}`;
  try {
    await build({
      entryPoints: [join(ROOT, PACKAGE, 'dist/index.js')],
      outfile: own,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      target: 'node20',
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: 'none',
      logLevel: 'error',
    });
    renameSync(own, file);
  } finally {
    rmSync(own, { force: true });
  }
  return file;
}
