// From a command to three pods that answer, and what a request costs on its way through the cluster.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createNodeHost } from '../cloud/hosts/node/host.ts';
import {
  createKubernetes,
  loadWebernetes,
  parseDockerfile,
  parseManifest,
} from '../cloud/kubernetes/index.ts';
import { serve } from '../cloud/server/serve.ts';
import { createSkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import { median } from './median.ts';

const STARTS = 5;
const CALLS = 500;
/** Calls before the measured ones, so that both sides have compiled their code. */
const WARM_UP_CALLS = 100;
const STAGE = join(import.meta.dirname, '../cloud/kubernetes/fixtures/stage');

/** Medians in milliseconds. */
interface Figures {
  readonly start: number;
  readonly request: number;
}

/**
 * Measures the fixture's three replicas and one bare process of it, and gives a table in Markdown.
 *
 * @example console.log(await benchKubernetes());
 */
export async function benchKubernetes(): Promise<string> {
  const cluster = await repeat(measureCluster);
  const bare = await repeat(measureBare);
  const row = (name: string, { start, request }: Figures): string =>
    `| ${name} | ${start.toFixed(0)} | ${request.toFixed(2)} |`;
  return [
    `| | to the first answer, ms (median of ${STARTS}) | a request, ms (median of ${CALLS}) |`,
    '|---|---|---|',
    row('three replicas in the local Kubernetes', cluster),
    row('one bare process', bare),
    `| ratio | ${(cluster.start / bare.start).toFixed(1)} | ${(cluster.request / bare.request).toFixed(1)} |`,
    '',
    "A pod's readiness is looked at once a second, as its manifest says; that second is most of the start.",
  ].join('\n');
}

async function repeat(measure: () => Promise<Figures>): Promise<Figures> {
  const figures: Figures[] = [];
  for (let run = 0; run < STARTS; run += 1) figures.push(await measure());
  return {
    start: median(figures.map(({ start }) => start)),
    request: median(figures.map(({ request }) => request)),
  };
}

async function measureCluster(): Promise<Figures> {
  const started = performance.now();
  const read = (file: string): string => readFileSync(join(STAGE, file), 'utf8');
  const kubernetes = await createKubernetes({
    webernetes: await loadWebernetes(),
    host: createNodeHost(),
    objects: parseManifest(read('k8s/todo.yaml'), 'todo.yaml').objects,
    images: [
      { reference: 'todo:1', config: parseDockerfile(read('Dockerfile')), directory: STAGE },
    ],
    clock: createSkippableClock(systemClock),
    realClock: systemClock,
    emit: () => undefined,
  });
  await kubernetes.ready();
  const [port] = kubernetes.nodePorts();
  const server = await serve(0, (request) => kubernetes.handle(request, port?.nodePort ?? 0));
  try {
    await call(server.port);
    return { start: performance.now() - started, request: await calls(server.port) };
  } finally {
    await kubernetes.close();
    await server.close();
  }
}

async function measureBare(): Promise<Figures> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(STAGE, 'index.ts')], {
    env: { ...process.env, PORT: '0', PRINT_PORT: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    const [said] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const port = Number(/\d+/.exec(said)?.[0]);
    await call(port);
    return { start: performance.now() - started, request: await calls(port) };
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

async function calls(port: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  try {
    for (let index = 0; index < WARM_UP_CALLS; index += 1) await call(port, agent);
    for (let index = 0; index < CALLS; index += 1) {
      const begun = performance.now();
      await call(port, agent);
      times.push(performance.now() - begun);
    }
  } finally {
    agent.destroy();
  }
  return median(times);
}

async function call(port: number, agent?: Agent): Promise<void> {
  const [response] = (await once(
    get({ host: '127.0.0.1', port, path: '/', ...(agent && { agent }) }),
    'response',
  )) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`expected 200, found ${response.statusCode}`);
}
