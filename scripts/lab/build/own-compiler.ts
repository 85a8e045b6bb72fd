import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type TypeScript from 'typescript';
import type { Stage } from '../../stages/catalogue.ts';
import type { CompiledPayload } from '../payload.ts';
import { labOptions, transpile } from '../typescript.ts';

/** The compiler that a stage has among its own packages. */
export interface OwnCompiler {
  readonly payload: CompiledPayload;
  /** JavaScript, on the lines that it was made from. */
  compile(path: string, text: string): string;
}

/**
 * The compiler of a stage that Node cannot run as it is, with the options of its own tsconfig.json; undefined for
 * every other stage.
 *
 * @example ownCompiler(findStage(readStages(), '8'))?.compile('src/fc.ts', text)
 */
export function ownCompiler({ directory, targets }: Stage): OwnCompiler | undefined {
  const compiled = targets.process?.compiled;
  if (!compiled) return undefined;
  const ts = createRequire(join(directory, 'package.json'))('typescript') as typeof TypeScript;
  const file = join(directory, 'tsconfig.json');
  const { config } = ts.parseConfigFileTextToJson(file, readFileSync(file, 'utf8')) as {
    config: { readonly compilerOptions: Readonly<Record<string, unknown>> };
  };
  const options = labOptions(config.compilerOptions);
  return {
    payload: { options, folder: compiled.folder },
    compile: (path, text) => transpile(ts, path, text, options),
  };
}
