// Makes cdn/dist/, or the folder named on the command line: the files that go to the CDN, and assets.json, by
// which the page knows their names and what must be in them.
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const folder = process.argv[2] ?? 'cdn/dist';
await rm(folder, { recursive: true, force: true });

// #region names
const { metafile } = await build({
  // One file each: whatever app.js imports is in it, so that one hash in the page speaks for all of it.
  entryPoints: ['cdn/app.js', 'cdn/styles.css', 'cdn/favicon.svg'],
  loader: { '.svg': 'copy' },
  outdir: folder,
  // Another content is another name: what is kept under a name never has to be asked about again.
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  metafile: true,
  logLevel: 'warning',
});
// #endregion names

// #region integrity
const assets = {};
for (const [file, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
  const source = entryPoint ?? Object.keys(inputs)[0];
  const hash = createHash('sha384')
    .update(await readFile(file))
    .digest('base64');
  assets[path.basename(source)] = { file: path.basename(file), integrity: `sha384-${hash}` };
}
await writeFile(`${folder}/assets.json`, `${JSON.stringify(assets, null, 2)}\n`);
// #endregion integrity
