// The local Kubernetes beside a real one: the same commands, the same states and events, with times masked.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDocker } from '../cloud/hosts/docker/index.ts';
import type { Stage } from '../stages/catalogue.ts';
import { makeTemporaryFolder } from '../stages/temporary.ts';
import { isRequired } from './availability.ts';
import { loadImages } from './cluster/images.ts';
import { findCluster } from './cluster/here.ts';
import type { Kubectl } from './cluster/kubectl.ts';
import { makeNamespace } from './cluster/namespace.ts';
import { buildImage } from './image.ts';
import { deploy } from './index.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const FIXTURE = join(import.meta.dirname, '..', 'cloud', 'kubernetes', 'fixtures', 'stage');
/** The real one's image; the manifest's `todo:1` could be somebody else's there. */
const IMAGE = 'serverless-evolution/parity:1';

const found = await findCluster();
const cluster = found.context;
if (!cluster && isRequired('cluster')) throw new Error(`no cluster here: ${found.reason}`);

/** What runs a kubectl line and answers with its output; a failure's message is output too. */
type Run = (line: string) => Promise<string>;

interface Seen {
  readonly step: string;
  readonly states: readonly string[];
}

/**
 * Apply, delete a pod, crash one, roll, a bad image, back again; after each what there is to see. A state is
 * waited for, since the two are not equally fast.
 */
async function script(run: Run, crash: (pod: string) => Promise<void>): Promise<Seen[]> {
  const seen: Seen[] = [];
  const see = async (step: string, expected: (states: readonly string[]) => boolean) => {
    let states: readonly string[] = [];
    await vi
      .waitUntil(async () => expected((states = await statesOf(run))), {
        timeout: 90_000,
        interval: 300,
      })
      .catch(() => undefined);
    seen.push({ step, states });
  };
  const pods = async (): Promise<string[]> =>
    (await run('get pods -o name'))
      .trim()
      .split('\n')
      .map((line) => line.replace('pod/', ''));
  const isCalm = (states: readonly string[]): boolean =>
    states.join() === 'deployment 3/3 3 3,pod Running 1/1,pod Running 1/1,pod Running 1/1';

  await see('apply', isCalm);
  await run(`delete pod ${(await pods())[0]}`);
  await see('delete a pod', isCalm);
  const [victim = ''] = await pods();
  await crash(victim);
  await see('crash', (states) => states.includes('pod Running 1/1 restarted'));
  await run('set env deployment/todo GREETING=again');
  await run('rollout status deployment/todo --timeout=90s');
  await see('roll', isCalm);
  await run('set image deployment/todo todo=serverless-evolution/parity:none');
  await see('a bad image', (states) => states.includes('pod ImagePullBackOff 0/1'));
  await run('rollout undo deployment/todo');
  await run('rollout status deployment/todo --timeout=90s');
  await see('undo', isCalm);
  seen.push({ step: 'history', states: lines(await run('rollout history deployment/todo')) });
  seen.push({ step: 'a pod that is not there', states: lines(await run('get pod nope')) });
  seen.push({ step: 'events', states: await eventsOf(run) });
  return seen;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter(Boolean);

/** Pods and the Deployment without their names and ages, in an order that does not depend on the names. */
async function statesOf(run: Run): Promise<string[]> {
  const rows = async (kind: string): Promise<string[][]> =>
    lines(await run(`get ${kind} --no-headers`)).map((line) => line.split(' '));
  const pods = (await rows('pods')).map(
    ([, ready = '', status = '', restarts = '0']) =>
      `pod ${status} ${ready}${restarts === '0' ? '' : ' restarted'}`,
  );
  const deployments = (await rows('deployments')).map(
    ([, ready, upToDate, available]) => `deployment ${ready} ${upToDate} ${available}`,
  );
  // One that is on its way out stays for seconds on one side and for none on the other.
  return [...deployments, ...pods.filter((pod) => !pod.includes('Terminating')).toSorted()];
}

/**
 * What depends on the moment: probes may fail while a program starts, or not, and a controller whose object was
 * changed meanwhile says so and tries again.
 */
const AT_TIMES = new Set([
  'Unhealthy',
  'FailedMount',
  'FailedKillPod',
  'FailedToUpdateEndpoint',
  'FailedToUpdateEndpointSlices',
  'Pulling',
  'SandboxChanged',
]);

/** What was told of which kind of object. */
async function eventsOf(run: Run): Promise<string[]> {
  const { items } = JSON.parse(await run('get events -o json')) as {
    items: { type: string; reason: string; involvedObject: { kind: string } }[];
  };
  const told = items
    .filter(
      ({ reason, involvedObject }) =>
        involvedObject.kind !== 'HorizontalPodAutoscaler' && !AT_TIMES.has(reason),
    )
    .map(({ type, reason, involvedObject }) => `${involvedObject.kind} ${type} ${reason}`);
  return [...new Set(told)].toSorted();
}

describe.skipIf(!cluster)('the local Kubernetes and a real one', () => {
  let directory: string;
  let namespace: Awaited<ReturnType<typeof makeNamespace>>;
  let manifest: string;

  beforeAll(async () => {
    if (!cluster) return;
    directory = makeTemporaryFolder('parity-test');
    cpSync(FIXTURE, directory, { recursive: true });
    const file = join(directory, 'k8s', 'todo.yaml');
    manifest = readFileSync(file, 'utf8').replace('image: todo:1', `image: ${IMAGE}`);
    writeFileSync(file, manifest);
    const stage = { id: 'parity', number: 6, directory };
    await buildImage({
      docker: createDocker(),
      stage,
      dockerfile: 'Dockerfile',
      name: IMAGE,
      say: () => undefined,
    });
    await loadImages(cluster, [IMAGE], () => undefined);
    namespace = await makeNamespace(cluster.name, 'parity');
  });

  afterAll(async () => {
    await namespace?.remove();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  it('show the same states and events for the same commands', async () => {
    const [local, real] = await Promise.all([onLocal(), onReal(namespace.kubectl)]);
    expect(local).toEqual(real);
  });

  async function onLocal(): Promise<Seen[]> {
    const stage = {
      id: '06-parity',
      number: 6,
      directory,
      targets: {
        kubernetes: { manifests: ['k8s'], images: { [IMAGE]: 'Dockerfile' }, service: 'todo' },
      },
    } as unknown as Stage;
    const deployment = await deploy(stage, 'kubernetes', { port: 0, prepare: false });
    try {
      const run: Run = (line) => deployment.kubectl!(line).catch((error: Error) => error.message);
      return await script(run, (pod) => deployment.kill(pod));
    } finally {
      await deployment.close();
    }
  }

  async function onReal(kubectl: Kubectl): Promise<Seen[]> {
    // The port may be taken there, and is not what is compared.
    const input = manifest.replace(/ *nodePort: \d+\n/, '');
    await kubectl.run(['apply', '--filename', '-'], { input });
    const run: Run = (line) => kubectl.run(line.split(' ')).catch(saidOf);
    return script(run, async (pod) => {
      const program = "fetch('http://localhost:3001/exit?code=137')";
      await kubectl.run(['exec', pod, '--', 'node', '-e', program]).catch(() => undefined);
    });
  }
});

/** What kubectl itself said, without what our own wrapper says of it. */
function saidOf(error: unknown): string {
  return /(Error from server|error:)[^\n]*/.exec((error as Error).message)?.[0] ?? String(error);
}
