// Makes dist/, or the folder named on the command line: page/ and rule/, one for each function of s.yaml.
// Each holds one file that its function loads, and page/ the page beside it, with the names of its files:
// they themselves are in the CDN, and build-cdn.mjs has made them before.
import { cp, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const folder = process.argv[2] ?? 'dist';
await rm(folder, { recursive: true, force: true });
for (const [name, entry] of [
  ['page', 'index-faas'],
  ['rule', 'rule-faas'],
]) {
  await build({
    entryPoints: [`${entry}.ts`],
    outfile: `${folder}/${name}/${entry}.js`,
    bundle: true,
    platform: 'node',
    // nodejs20 is the newest runtime that Function Compute brings along.
    target: 'node20',
    format: 'cjs',
    // CommonJS has no import.meta; its __dirname is the folder of the bundle.
    define: { 'import.meta.dirname': '__dirname' },
    // The table's SDK sets variables that it never declared; "use strict" at the top would forbid it.
    tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
    logLevel: 'warning',
  });
  await writeFile(`${folder}/${name}/package.json`, '{ "type": "commonjs" }\n');
}
for (const file of ['page/index.html', 'cdn/dist/assets.json'])
  await cp(file, `${folder}/page/${file}`);
