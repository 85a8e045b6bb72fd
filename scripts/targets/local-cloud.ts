// What a copy of a stage brings along as local/cloud.mjs: scripts/stages/local-cloud.ts bundles this file.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageDescription } from '../stages/schema.ts';
import { Failure } from '../shared/failure.ts';
import { startServices, type RunningServices } from './services.ts';
import { serveTable } from './services/table-server.ts';

/**
 * Starts what stands beside the stage in a folder, as its stage.json says.
 *
 * @example const { environment, close } = await startCloud(process.cwd(), { keep: true });
 */
export async function startCloud(
  directory: string,
  { keep }: { readonly keep: boolean },
): Promise<RunningServices> {
  const stage = JSON.parse(readFileSync(join(directory, 'stage.json'), 'utf8')) as StageDescription;
  return startServices({ stage, directory, keep, own: process.env, say: console.error });
}

/** Says in one line what the stage has to know, and ends with whoever started it: then its input is at an end. */
async function run(): Promise<void> {
  // Ctrl-C reaches this process too, and the program is to answer its last requests first.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const ended = new Promise((resolveEnd) => {
    process.stdin.on('end', resolveEnd).on('error', resolveEnd).resume();
  });
  const services = await startCloud(resolve(import.meta.dirname, '..'), { keep: true });
  console.log(JSON.stringify(services.environment));
  await ended;
  await services.close();
}

/** The table alone, for whoever knows its address and key, until it is told to stop. */
async function runTable(): Promise<void> {
  try {
    const { url, close } = await serveTable(process.env);
    console.log(`Local Tablestore on ${url}`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`${error.code}: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}

const [, program = '', mode] = process.argv;
if (existsSync(program) && realpathSync(program) === fileURLToPath(import.meta.url))
  await (mode === 'tablestore' ? runTable() : run());
