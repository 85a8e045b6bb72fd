// Makes dist/, or the folder named on the command line: one file that the function loads, and the page
// beside it. It is what s.yaml uploads.
import { cp, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const folder = process.argv[2] ?? 'dist';
await rm(folder, { recursive: true, force: true });
await build({
  entryPoints: ['index-faas.ts'],
  outfile: `${folder}/index-faas.js`,
  bundle: true,
  platform: 'node',
  // nodejs20 is the newest runtime that Function Compute brings along.
  target: 'node20',
  format: 'cjs',
  // CommonJS has no import.meta; its __dirname is the folder of the bundle.
  define: { 'import.meta.dirname': '__dirname' },
  logLevel: 'warning',
});
await cp('public', `${folder}/public`, { recursive: true });
// The db.json of this machine stays here: a function starts with the list that its package brings.
await cp('seed.json', `${folder}/db.json`);
await writeFile(`${folder}/package.json`, '{ "type": "commonjs" }\n');
