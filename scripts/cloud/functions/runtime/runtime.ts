// The program inside every instance of a built-in Node runtime: loads the function's module from the code
// folder and answers the platform's calls.
import { pathToFileURL } from 'node:url';
import { dialectOf } from './dialects.ts';
import type { FunctionModule } from './handler.ts';
import { createRuntimeServer } from './server.ts';

const [directory = '.', invoke = '', initialize = '', preStop = '', cloud] = process.argv.slice(2);
const file = invoke.slice(0, invoke.lastIndexOf('.'));
const module = load(pathToFileURL(`${directory}/${file}.js`).href);
// A module that cannot be loaded fails the first call, not the instance: the caller learns why.
await module.catch(() => undefined);

createRuntimeServer(() => module, { invoke, initialize, preStop }, dialectOf(cloud)).listen(
  Number(process.env['PORT']),
  '127.0.0.1',
);

// The platform asks before it destroys: an orderly end, unlike a crash.
process.once('SIGTERM', () => process.exit(0));

async function load(url: string): Promise<FunctionModule> {
  try {
    return (await import(url)) as FunctionModule;
  } catch (error) {
    const { code, resource } = error as { code?: string; resource?: string };
    if (code !== 'ERR_ACCESS_DENIED') throw error;
    // In the cloud there is nothing outside the code folder; here it is there, and closed.
    const message = `Cannot load ${file}.js: it needs ${resource}, which is outside the code folder`;
    throw new Error(message, { cause: error });
  }
}
