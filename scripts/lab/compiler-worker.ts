// The script of the worker that compiles what a reader changes, in a stage that has a compiler of its own.
import * as ts from 'typescript';
import { findImports } from './imports.ts';
import { SourceError } from './source-error.ts';
import { transpile } from './typescript.ts';
import type { Compilation, Compiled } from './own-compiler.ts';

addEventListener('message', ({ data }: MessageEvent<Compilation>) => {
  postMessage(compile(data) satisfies Compiled);
});

function compile({ number, path, text, options }: Compilation): Compiled {
  try {
    const code = path.endsWith('.ts') ? transpile(ts, path, text, options) : text;
    return { number, module: { code, imports: findImports(code) } };
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof SourceError)) return { number, fault: { message } };
    const { line, column, what } = error;
    return { number, fault: { message: what, line, column } };
  }
}
