import { createRequire } from 'node:module';
import { join } from 'node:path';
import type TypeScript from 'typescript';
import { expect, test } from 'vitest';
import { findStage, readStages } from '../stages/catalogue.ts';
import { readFiles } from '../stages/files.ts';
import { labOptions, transpile } from './typescript.ts';

const stage = findStage(readStages(), '8');
const ts = createRequire(join(stage.directory, 'package.json'))('typescript') as typeof TypeScript;
const options = labOptions({
  ...{ target: 'es2023', module: 'nodenext', strict: true },
  ...{ experimentalDecorators: true, emitDecoratorMetadata: true },
});
const compile = (text: string): string => transpile(ts, 'a.ts', text, options);
/** Word -> the line that it is on first. */
const lineOf = (text: string, word: string): number =>
  text.split('\n').findIndex((line) => line.includes(word));

const TEXT = `import { Inject } from 'a';
import type { B } from 'b';

/** Gone with its
 * lines. */
interface C {
  d: string;
}

@Inject()
export class E {
  @Inject()
  f!: B;

  // Gone, too.
  g(
    h: number,
  ): C {
    if (h) return first();
    const text = \`one
  two \${second()}
three\`;
    return third(text) as C;
  }
}

fourth()
`;

test('what runs stands on the line where it was written, whatever a compiler makes of it', () => {
  const made = compile(TEXT);
  for (const word of ['first()', 'second()', 'third(', 'fourth()', 'class E'])
    expect(lineOf(made, word), word).toBe(lineOf(TEXT, word));
  expect(made).not.toContain('Gone');
});

test('a template keeps its own line ends', () => {
  expect(compile(TEXT)).toContain('`one\n  two ${second()}\nthree`');
});

const sources = [...readFiles(stage.directory)]
  .filter(([path]) => /^(src|models)\/.*\.ts$/.test(path))
  .map(([path, content]) => [path, content.toString()] as const);

test.each(sources)('%s: every method and call that names itself is where it was', (_, text) => {
  const made = compile(text);
  for (const [word] of text.matchAll(/\b(?:throw new \w+|await this\.\w+|async \w+)\(.*$/gm)) {
    const start = word.slice(0, word.indexOf('(') + 1);
    if (text.split(start).length === 2)
      expect(lineOf(made, start), start).toBe(lineOf(text, start));
  }
});

test('an error names file, line and column', () => {
  expect(() => compile('const a: number = 1;\nconst b = (;\n')).toThrow(
    expect.objectContaining({ file: 'a.ts', line: 2, column: 12, name: 'SourceError' }),
  );
});

test('only what a tab has to have otherwise differs from the stage’s own options', () => {
  expect(options).toMatchObject({
    target: 'es2023',
    emitDecoratorMetadata: true,
    module: 'esnext',
  });
  expect(options).not.toHaveProperty('strict');
});
