import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../../shared/failure.ts';
import type { Cloud } from '../core/cloud.ts';
import { FC } from '../core/fc/cloud.ts';
import type { FunctionSpec } from '../core/manifest.ts';
import type { RuntimeProgram } from '../engine/functions.ts';

const RUNTIME = fileURLToPath(new URL('../runtime/runtime.ts', import.meta.url));

/**
 * The built-in runtime as a Node program in a function's code folder. The function's memory is the heap's limit.
 *
 * @example runtimeProgram(spec, '/course/stages/01-all-in-one')
 */
export function runtimeProgram(
  spec: FunctionSpec,
  manifestDirectory: string,
  cloud: Cloud = FC,
): RuntimeProgram {
  const code = join(manifestDirectory, spec.code);
  if (!existsSync(code)) {
    throw new Failure(
      'E_CODE_MISSING',
      `function ${spec.name}: expected its code in ${code}, found nothing. Build it first: npm run build:${cloud.id}.`,
    );
  }
  const directory = realpathSync(code);
  const { handler, initializer, preStop } = spec;
  return {
    program: {
      directory,
      entry: RUNTIME,
      arguments: [directory, handler, initializer?.handler ?? '', preStop?.handler ?? '', cloud.id],
    },
    environment: {
      [cloud.codeVariable]: directory,
      NODE_OPTIONS: `--max-old-space-size=${spec.memory}`,
    },
  };
}
