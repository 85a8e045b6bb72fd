// Makes dist/: one file that the function loads, and the page beside it. It is what s.yaml uploads.
import { cp, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['index-faas.ts'],
  outfile: 'dist/index-faas.js',
  bundle: true,
  platform: 'node',
  // nodejs20 is the newest runtime that Function Compute brings along.
  target: 'node20',
  format: 'cjs',
  // CommonJS has no import.meta; its __dirname is the folder of the bundle.
  define: { 'import.meta.dirname': '__dirname' },
  logLevel: 'warning',
});
await cp('public', 'dist/public', { recursive: true });
await writeFile('dist/package.json', '{ "type": "commonjs" }\n');
