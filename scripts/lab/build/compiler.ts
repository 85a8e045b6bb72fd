import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Transpiler } from '../typescript.ts';

/** TypeScript is one file of some 270 sections. Of these the rest is editors and command lines. */
const COMPILER = /^src\/compiler\//;
/** The one that compiles a module by itself; it calls a few functions of the rest. */
const TRANSPILE = 'src/services/transpile.ts';
/** What the Lab calls. */
const CALLED: readonly (keyof Transpiler)[] = [
  ...(['transpileModule', 'createSourceFile', 'forEachChild', 'SyntaxKind'] as const),
  ...(['flattenDiagnosticMessageText', 'getLineAndCharacterOfPosition'] as const),
];
/** A function at the top of a section. */
const FUNCTION = /^function (\w+)\([\s\S]*?^\}\n/gm;
/** Where a section begins. */
const SECTION = /^\/\/ (src\/\S+)$/gm;
/** What a browser has not, and TypeScript asks for where it finds Node alone. */
const OF_NODE = ['crypto', 'fs', 'inspector', 'os', 'path', 'perf_hooks', 'source-map-support'];

const WORKER = join(import.meta.dirname, '..', 'compiler-worker.ts');

/**
 * The script of a worker that compiles with the TypeScript that a stage has installed: of its 9 MB what
 * `transpileModule` can come to.
 *
 * @example const [name, bytes] = await buildCompiler(stage.directory); // ['compiler-1F3A0C9B.js', ...]
 */
export async function buildCompiler(directory: string): Promise<readonly [string, Uint8Array]> {
  const typescript = createRequire(join(directory, 'package.json')).resolve('typescript');
  const { outputFiles } = await build({
    entryPoints: [WORKER],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    legalComments: 'inline',
    external: OF_NODE,
    define: { process: 'undefined' },
    write: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'lab-typescript',
        setup(bundler) {
          bundler.onResolve({ filter: /^typescript$/ }, () => ({ path: typescript }));
          bundler.onLoad({ filter: /[/\\]typescript\.js$/ }, () => ({
            contents: trimmed(readFileSync(typescript, 'utf8')),
          }));
        },
      },
    ],
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase();
  return [`compiler-${digest}.js`, bytes];
}

/** As a module of which a bundler can leave out what is not called: without the wrapper that exports everything. */
function trimmed(text: string): string {
  const starts = [...text.matchAll(SECTION)];
  const [first] = starts;
  const wrapper = 'var ts = {}; ((module) => {\n';
  const head = text.slice(0, first?.index);
  if (!head.includes(wrapper))
    throw new Error('expected typescript.js to begin as TypeScript 5.9 does, found another one');
  const sections = starts.map(({ index, 1: path = '' }, at) => ({
    path,
    text: text.slice(index, starts[at + 1]?.index),
  }));
  const kept = sections.filter(({ path }) => COMPILER.test(path) || path === TRANSPILE);
  const rest = sections.filter((section) => !kept.includes(section));
  const transpile = kept.find(({ path }) => path === TRANSPILE)?.text ?? '';
  return [
    head.replace(wrapper, ''),
    ...kept.map((section) => section.text),
    ...calledIn(transpile, rest.map((section) => section.text).join('')),
    `export { ${CALLED.join(', ')} };`,
  ].join('\n');
}

/** The functions of the others that a text names, and those that they name in turn. */
function calledIn(text: string, others: string): readonly string[] {
  const functions = new Map(
    [...others.matchAll(FUNCTION)].map(([whole, name = '']) => [name, whole]),
  );
  const called = new Map<string, string>();
  const look = (within: string): void => {
    for (const [name] of within.matchAll(/\b[A-Za-z_]\w*\b/g)) {
      const found = functions.get(name);
      if (found === undefined || called.has(name)) continue;
      called.set(name, found);
      look(found);
    }
  };
  look(text);
  return [...called.values()];
}
