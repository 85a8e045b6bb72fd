// Loaded at a reader's first change of a module: what is unchanged was compiled when the site was built.
import { transform } from 'sucrase';
import type { LinkableModule } from '../cloud/hosts/worker/index.ts';
import { findImports } from './imports.ts';
import { SourceError } from './source-error.ts';

/**
 * Takes the types out of a module, line for line, and finds its imports. What neither step sees is wrong,
 * such as a name that is declared twice, the browser tells when it loads the module, without a line.
 *
 * @example compileModule('app.ts', 'const a: number = 1;').code // 'const a = 1;'
 */
export function compileModule(path: string, text: string): LinkableModule {
  const code = path.endsWith('.ts') ? strip(path, text) : text;
  try {
    return { code, imports: findImports(code) };
  } catch (error) {
    const { idx, message } = error as Error & { idx?: number };
    if (idx === undefined) throw new SourceError(path, 1, 1, message);
    const before = code.slice(0, idx).split('\n');
    throw new SourceError(path, before.length, (before.at(-1) ?? '').length + 1, 'Parse error');
  }
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
