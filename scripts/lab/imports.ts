import { parse } from 'es-module-lexer/js';
import type { ModuleImport } from '../cloud/hosts/worker/index.ts';

/** What the lexer calls `import.meta`. */
const IMPORT_META = -2;

/**
 * Finds every specifier in a module. An `import()` whose specifier is computed has no address here and is refused.
 *
 * @example findImports("import a from './a.ts';")[0]?.specifier // './a.ts'
 */
export function findImports(code: string): ModuleImport[] {
  const [imports] = parse(code);
  return imports.flatMap(({ n: specifier, s: start, e: end, d: dynamic }) => {
    if (dynamic === IMPORT_META) return [];
    if (specifier === undefined)
      throw new Error(`import(${code.slice(start, end)}): a computed name is not in the Lab`);
    return [{ specifier, start, end, isDynamic: dynamic >= 0 }];
  });
}
