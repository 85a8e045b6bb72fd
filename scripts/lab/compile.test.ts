import { stripTypeScriptTypes } from 'node:module';
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { readFiles } from '../stages/files.ts';
import { readStages } from '../stages/catalogue.ts';
import { compileModule } from './compile.ts';
import { findImports } from './imports.ts';

// A stage with a compiler of its own has what only that one understands: decorators.
const sources = readStages()
  .filter(({ targets }) => !targets.process?.compiled)
  .flatMap(({ id, directory }) =>
    [...readFiles(directory)]
      .filter(([path]) => path.endsWith('.ts') && !/^(tests|experiments)\//.test(path))
      .map(([path, content]) => [`${id}/${path}`, content.toString()] as const),
  );

/** A module without blanks and comments, of which the two leave different ones. */
const bare = (code: string): string => transformSync(code, { minifyWhitespace: true }).code;
const linesOf = (code: string): number => code.split('\n').length;

test('there are modules to compile', () => expect(sources.length).toBeGreaterThan(30));

test.each(sources)('%s: stripped in the tab as by Node, line for line', (path, text) => {
  const { code, imports } = compileModule(path, text);
  const byNode = stripTypeScriptTypes(text);
  expect(linesOf(code)).toBe(linesOf(text));
  expect(imports.map(({ specifier }) => specifier)).toEqual(
    findImports(byNode).map(({ specifier }) => specifier),
  );
  expect(bare(code)).toBe(bare(byNode));
});

test('an error names file, line and column', () => {
  const text = 'const a: number = 1;\nconst b = (;\n';
  expect(() => compileModule('app.ts', text)).toThrow(
    expect.objectContaining({ file: 'app.ts', line: 2, column: 12, name: 'SourceError' }),
  );
  expect(() => compileModule('app.ts', 'let a = 1;\nif (a) {\n')).toThrow(/^app\.ts:3:1: /);
});

test('a computed import is refused by name', () => {
  expect(() => compileModule('app.ts', 'await import(name);')).toThrow(
    'app.ts:1:1: import(name): a computed name is not in the Lab',
  );
});
