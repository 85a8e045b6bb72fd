// `app` compiles the program to dist/app. `fc` and `scf` make of it what their cloud is given: one file that
// the function loads, and the page beside it, in dist/ or the folder named on the command line; with --compiled
// of what is compiled already.
import { spawnSync } from 'node:child_process';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const options = process.argv.slice(2);
const [what = 'app', folder = 'dist'] = options.filter((option) => !option.startsWith('-'));
const root = import.meta.dirname;

if (!options.includes('--compiled')) compile();
if (what !== 'app') await pack();

function compile() {
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

async function pack() {
  const target = path.join(folder, what);
  await rm(target, { recursive: true, force: true });
  // Not needed to run the program, and not everywhere to be had.
  const { build } = await import('esbuild');
  await build({
    // Not the entry itself: its "use strict" would stand above all, and the table's SDK sets variables that it
    // never declared.
    stdin: {
      contents: `module.exports = require('./dist/app/src/${what}.js');`,
      resolveDir: root,
    },
    outfile: path.resolve(target, 'index.js'),
    bundle: true,
    platform: 'node',
    // The newest runtimes that both clouds bring along are of Node 20.
    target: 'node20',
    format: 'cjs',
    // Half the text is half the time to read it. Names stay: Midway looks classes up by theirs.
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    logLevel: 'warning',
  });
  await cp(path.join(root, 'public'), path.join(target, 'public'), { recursive: true });
  await writeFile(path.join(target, 'package.json'), '{ "type": "commonjs" }\n');
  await report(target);
}

/** How much is uploaded: a reader sees what a dependency costs. */
async function report(target) {
  let bytes = 0;
  let packed = 0;
  for (const entry of await readdir(target, { recursive: true })) {
    const file = path.join(target, entry);
    if (!(await stat(file)).isFile()) continue;
    const content = await readFile(file);
    bytes += content.length;
    packed += gzipSync(content).length;
  }
  const kilobytes = (count) => `${Math.round(count / 1024)} kB`;
  console.log(`${target}: ${kilobytes(bytes)}, compressed ${kilobytes(packed)}`);
}
