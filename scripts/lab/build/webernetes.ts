import { basename } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles Kubernetes' own controllers for a tab, without what only tests of them need: a file's name and content.
 *
 * @example const [name, bytes] = await buildWebernetes(); // 'webernetes-4XK2ABCD.js'
 */
export async function buildWebernetes(): Promise<readonly [name: string, content: Uint8Array]> {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { BaseImage, Cluster } from '@ngrok/webernetes';",
      resolveDir: import.meta.dirname,
    },
    outdir: '/',
    entryNames: 'webernetes-[hash]',
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (!file) throw new TypeError('esbuild made no file');
  return [basename(file.path), file.contents];
}
