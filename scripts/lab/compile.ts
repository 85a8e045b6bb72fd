// Loaded at a reader's first change of a module: what is unchanged was compiled when the site was built.
import { parse } from 'acorn';
import { transform } from 'sucrase';
import type { LinkableModule } from '../cloud/hosts/worker/index.ts';
import { findImports } from './imports.ts';
import { SourceError } from './source-error.ts';

/**
 * Takes the types out of a module, line for line, and finds its imports.
 *
 * @example compileModule('app.ts', 'const a: number = 1;').code // 'const a = 1;'
 */
export function compileModule(path: string, text: string): LinkableModule {
  const code = path.endsWith('.ts') ? strip(path, text) : text;
  check(path, code);
  return { code, imports: findImports(code) };
}

function strip(path: string, text: string): string {
  try {
    return transform(text, {
      transforms: ['typescript'],
      disableESTransforms: true,
      keepUnusedImports: true,
      preserveDynamicImport: true,
    }).code;
  } catch (error) {
    // "Error transforming app.ts: Unexpected token (12:5)"
    const [, what = '', line, column] =
      /^(?:Error transforming [^:]+: )?(.*?) \((\d+):(\d+)\)$/s.exec((error as Error).message) ??
      [];
    if (line === undefined) throw error;
    throw new SourceError(path, Number(line), Number(column), what);
  }
}

/** sucrase reads past many faults; a browser would tell of them without a line. */
function check(path: string, code: string): void {
  try {
    parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch (error) {
    const { loc, message } = error as Error & { loc?: { line: number; column: number } };
    if (!loc) throw error;
    throw new SourceError(path, loc.line, loc.column + 1, message.replace(/ \(\d+:\d+\)$/, ''));
  }
}
