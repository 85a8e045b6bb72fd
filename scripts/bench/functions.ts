// How much the local Function Compute adds to a bare Node server that does the same work.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createFunctions, type FunctionSpec, runtimeProgram } from '../cloud/functions/index.ts';
import { serve } from '../cloud/server/serve.ts';
import { createNodeHost } from '../cloud/hosts/node/host.ts';
import { createSkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';

const COLD_STARTS = 10;
const WARM_CALLS = 500;
/** Calls before the measured ones, so that both sides have compiled their code. */
const WARM_UP_CALLS = 100;

const FIXTURES = join(import.meta.dirname, '../cloud/functions/fixtures');
const BARE_SERVER = join(import.meta.dirname, 'fixtures/bare-server.mjs');

const SPEC: FunctionSpec = {
  id: 'web',
  name: 'web',
  region: 'cn-hangzhou',
  runtime: 'nodejs20',
  handler: 'index.handler',
  code: './code',
  timeout: 10,
  memory: 512,
  environment: {},
  methods: ['GET'],
};

/** Medians in milliseconds. */
interface Figures {
  readonly coldStart: number;
  readonly warmCall: number;
}

/**
 * Measures both and gives a table in Markdown.
 *
 * @example console.log(await benchFunctions());
 */
export async function benchFunctions(): Promise<string> {
  const functions = await measureFunctions();
  const bare = await measureBare();
  const row = (name: string, { coldStart, warmCall }: Figures): string =>
    `| ${name} | ${coldStart.toFixed(0)} | ${warmCall.toFixed(2)} |`;
  return [
    `| | cold start, ms (median of ${COLD_STARTS}) | warm call, ms (median of ${WARM_CALLS}) |`,
    '|---|---|---|',
    row('local Function Compute', functions),
    row('`node` with a bare http server', bare),
  ].join('\n');
}

async function measureFunctions(): Promise<Figures> {
  const functions = createFunctions({
    manifest: {
      functions: [SPEC],
      domains: [{ name: 'auto', routes: [{ path: '/*', functionName: SPEC.name }] }],
    },
    host: createNodeHost(),
    programFor: (spec) => runtimeProgram(spec, FIXTURES),
    clock: createSkippableClock(systemClock),
    requestClock: systemClock,
    emit: () => undefined,
  });
  const server = await serve(0, functions.handle);
  const coldStart = await medianOf(COLD_STARTS, async () => {
    await functions.kill();
    return time(() => call(server.port));
  });
  const warmCall = await warmCalls(server.port);
  await functions.close();
  await server.close();
  return { coldStart, warmCall };
}

async function measureBare(): Promise<Figures> {
  const coldStart = await medianOf(COLD_STARTS, () =>
    withBareServer((started, port) => time(() => call(port), started)),
  );
  return { coldStart, warmCall: await withBareServer((_started, port) => warmCalls(port)) };
}

async function withBareServer(
  measure: (started: number, port: number) => Promise<number>,
): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [BARE_SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const [port] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    return await measure(started, Number(port));
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

async function warmCalls(port: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    for (let index = 0; index < WARM_UP_CALLS; index += 1) await call(port, agent);
    return await medianOf(WARM_CALLS, () => time(() => call(port, agent)));
  } finally {
    agent.destroy();
  }
}

async function call(port: number, agent?: Agent): Promise<void> {
  const [response] = (await once(
    get({ host: '127.0.0.1', port, path: '/count', ...(agent && { agent }) }),
    'response',
  )) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`expected 200, found ${response.statusCode}`);
}

async function time(work: () => Promise<void>, started = performance.now()): Promise<number> {
  await work();
  return performance.now() - started;
}

async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
  const figures: number[] = [];
  for (let index = 0; index < times; index += 1) figures.push(await measure());
  return figures.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}

if (process.argv[1] === import.meta.filename) console.log(await benchFunctions());
