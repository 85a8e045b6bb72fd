import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type TypeScript from 'typescript';
import { beforeAll, expect, test, vi } from 'vitest';
import { findStage, readStages } from '../../stages/catalogue.ts';
import { readFiles } from '../../stages/files.ts';
import type { Compilation, Compiled } from '../own-compiler.ts';
import { labOptions, transpile } from '../typescript.ts';
import { buildCompiler } from './compiler.ts';

/** Fetched at a reader's first change, and at no other time. */
const MOST_BYTES = 700_000;

const stage = findStage(readStages(), '8');
const whole = createRequire(join(stage.directory, 'package.json'))(
  'typescript',
) as typeof TypeScript;
const options = labOptions({
  ...{ target: 'es2023', experimentalDecorators: true, emitDecoratorMetadata: true },
});

let script: Uint8Array;
/** Asks the worker's script as a page would. */
let ask: (path: string, text: string) => Compiled;

beforeAll(async () => {
  [, script] = await buildCompiler(stage.directory);
  let hear: (message: { data: Compilation }) => void = () => undefined;
  let told: Compiled | undefined;
  vi.stubGlobal('addEventListener', (_: string, listener: typeof hear) => (hear = listener));
  vi.stubGlobal('postMessage', (compiled: Compiled) => (told = compiled));
  await import(`data:text/javascript;base64,${Buffer.from(script).toString('base64')}`);
  ask = (path, text) => {
    hear({ data: { number: 1, path, text, options } });
    return told ?? { number: 0, fault: { message: 'no answer' } };
  };
});

const sources = [...readFiles(stage.directory)]
  .filter(([path]) => /^(src|models|tests)\/.*(?<!\.d)\.ts$/.test(path))
  .map(([path, content]) => [path, content.toString()] as const);

test('lab: the compiler weighs what ARCHITECTURE says, a tenth of the whole', () => {
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(MOST_BYTES);
  expect(sources.length).toBeGreaterThan(30);
});

test.each(sources)('lab: %s is compiled as by the whole of TypeScript', (path, text) => {
  expect(ask(path, text)).toMatchObject({
    number: 1,
    module: { code: transpile(whole, path, text, options) },
  });
});

test('lab: what TypeScript has words for beyond the stage’s own sources', () => {
  for (const text of [
    'enum A { B, C = "d" }\nnamespace E { export const f = 1 }',
    'class A { constructor(private readonly b: string, public c?: number) {} }',
    'abstract class A { static { this.b = 1 } static b?: number; get c() { return 1 } }',
    'using a = open(); export * from "./b.ts"; export default a satisfies B;',
    'const a = <T,>(b: T) => b; label: for (const c of a([1])) continue label;',
    'function a(this: B, @c() d: E): asserts d is F { return d! as never }',
  ])
    expect(ask('a.ts', text)).toMatchObject({
      module: { code: transpile(whole, 'a.ts', text, options) },
    });
});

test('lab: a fault is told in TypeScript’s words, with its line', () => {
  expect(ask('a.ts', 'let a = 1;\nclass {\n')).toEqual({
    number: 1,
    fault: { message: "'}' expected.", line: 3, column: 1 },
  });
});
