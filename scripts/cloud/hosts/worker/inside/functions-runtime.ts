// The built-in Node runtime of functions, inside a worker: see ../../../functions/runtime/runtime.ts.
import { dialectOf } from '../../../functions/runtime/dialects.ts';
import type { FunctionModule } from '../../../functions/runtime/handler.ts';
import { createRuntimeServer } from '../../../functions/runtime/server.ts';
import process from '../node/process.ts';
import { importModule } from './modules.ts';

/**
 * Loads the function's module and answers the platform's calls.
 *
 * @example await runFunctions();
 */
export async function runFunctions(): Promise<void> {
  const [directory = '/', invoke = '', initialize = '', preStop = '', cloud] =
    process.argv.slice(2);
  const file = invoke.slice(0, invoke.lastIndexOf('.'));
  const module = importModule(`${directory}/${file}.js`) as Promise<FunctionModule>;
  // A module that cannot be loaded fails the first call, not the instance: the caller learns why.
  await module.catch(() => undefined);
  const handlers = { invoke, initialize, preStop };
  createRuntimeServer(() => module, handlers, dialectOf(cloud)).listen(
    Number(process.env['PORT']),
    '127.0.0.1',
  );
  process.once('SIGTERM', () => process.exit(0));
}
