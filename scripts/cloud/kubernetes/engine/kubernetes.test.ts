import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlatformEvent } from '../../shared/events.ts';
import type { Host, Instance } from '../../shared/instance.ts';
import { createSkippableClock } from '../../shared/skippable-clock.ts';
import { systemClock } from '../../shared/system-clock.ts';
import { createTestHost, type TestInstance } from '../../shared/test-host.ts';
import { parseDockerfile } from '../core/dockerfile.ts';
import { podState } from '../core/kubectl/pod-state.ts';
import { type Applied, parseManifest } from '../core/manifest.ts';
import type { Deployment } from '../core/objects.ts';
import { loadWebernetes } from '../server/load-webernetes.ts';
import { createKubernetes, type Kubernetes } from './kubernetes.ts';
import type { Webernetes } from './webernetes.ts';

const MANIFEST = readFileSync(
  join(import.meta.dirname, '..', 'fixtures', 'stage', 'k8s', 'todo.yaml'),
  'utf8',
);
const IMAGE = parseDockerfile('FROM node\nENV PORT=3001\nCMD ["node", "index.ts"]');
/** Long enough for a machine that does other things too. */
const WITHIN_MS = 20_000;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let webernetes: Webernetes;
let events: PlatformEvent[] = [];
let running: Kubernetes | undefined;

beforeAll(async () => {
  webernetes = await loadWebernetes();
});

afterEach(async () => {
  await running?.close();
  running = undefined;
});

interface Options {
  readonly objects?: readonly Applied[];
  /** Answers in a program's place. */
  readonly program?: (self: TestInstance, request: Request) => Promise<Response> | Response;
  readonly environment?: Record<string, string>;
  /** How long the instance that was started first takes to end, in milliseconds. */
  readonly drains?: number;
  readonly ready?: boolean;
}

const objects = (): Applied[] => [...parseManifest(MANIFEST, 'todo.yaml').objects];
const without = (...kinds: readonly string[]): Applied[] =>
  objects().filter(({ kind }) => !kinds.includes(kind));

async function start(options: Options = {}) {
  events = [];
  const { host, started } = createTestHost((self) => (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz') return new Response('ok');
    return options.program?.(self, request) ?? Response.json(self.environment);
  });
  const slow: Host = {
    start(program, given) {
      const isFirst = started.length === 0;
      const instance = host.start(program, given);
      const stop: Instance['stop'] = async (grace) => {
        if (isFirst) await sleep(options.drains ?? 0);
        return instance.stop(grace);
      };
      return { ...instance, stop };
    },
  };
  const kubernetes = await createKubernetes({
    webernetes,
    host: slow,
    objects: options.objects ?? without('HorizontalPodAutoscaler'),
    images: ['todo:1', 'todo:2'].map((reference) => ({
      reference,
      config: IMAGE,
      directory: '/app',
    })),
    clock: createSkippableClock(systemClock),
    realClock: systemClock,
    emit: (event) => events.push(event),
    ...(options.environment && { environment: options.environment }),
  });
  running = kubernetes;
  if (options.ready ?? true) await kubernetes.ready();
  return { kubernetes, started, kubectl: (line: string) => kubernetes.kubectl!(line) };
}

async function eventually(condition: () => boolean): Promise<void> {
  const end = performance.now() + WITHIN_MS;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not so within ${WITHIN_MS} ms`);
    await sleep(20);
  }
}

const ids = ({ instances }: Kubernetes): string[] => instances().map(({ id }) => id);
const statuses = ({ engine }: Kubernetes): string[] =>
  engine.state.list('pods').map((pod) => podState(pod).status);
const of = <Type extends PlatformEvent['type']>(
  type: Type,
): Extract<PlatformEvent, { type: Type }>[] =>
  events.filter((event): event is Extract<PlatformEvent, { type: Type }> => event.type === type);

describe('a Deployment behind a Service', () => {
  it('answers from each of its pods, with what ConfigMap, Secret and the cluster gave them', async () => {
    const { kubernetes } = await start();
    const answers = await Promise.all(
      [1, 2, 3].map(async () => (await kubernetes.fetch('/')).json() as Promise<object>),
    );
    expect(answers).toHaveLength(3);
    for (const answer of answers) {
      expect(answer).toMatchObject({
        GREETING: 'hello',
        SECRET: 's3cret',
        TODO_SERVICE_PORT: '80',
        TODO_PORT: expect.stringMatching(/^tcp:\/\/10\.96\.\d+\.\d+:80$/),
      });
    }
    const names = answers.map((answer) => (answer as { HOSTNAME: string }).HOSTNAME);
    expect(names.toSorted()).toEqual(ids(kubernetes));
    expect(of('hop').map(({ from, to }) => [from, to])).toEqual(
      of('hop').map(({ to }) => ['todo', to]),
    );
    expect(of('endpoints-changed').at(-1)?.instances).toEqual(ids(kubernetes));
  });

  it('carries bodies of any kind both ways, and each cookie', async () => {
    const { kubernetes } = await start({
      program: async (_self, request) => {
        const response = new Response(await request.arrayBuffer(), {
          headers: { 'x-method': request.method, 'x-query': new URL(request.url).search },
        });
        response.headers.append('set-cookie', 'a=1');
        response.headers.append('set-cookie', 'b=2');
        return response;
      },
    });
    const body = new Uint8Array([0, 255, 128, 13, 10]);
    const response = await kubernetes.fetch('/x?y=%20', { method: 'PUT', body });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(body);
    expect([response.headers.get('x-method'), response.headers.get('x-query')]).toEqual([
      'PUT',
      '?y=%20',
    ]);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('replaces a pod that is deleted', async () => {
    const { kubernetes, kubectl } = await start();
    const [gone = ''] = ids(kubernetes);
    expect(await kubectl(`delete pod ${gone}`)).toBe(`pod "${gone}" deleted\n`);
    expect(of('instance-stopped')).toMatchObject([{ instance: gone, reason: 'deleted' }]);
    await eventually(() => of('endpoints-changed').at(-1)?.instances.length === 3);
    expect(ids(kubernetes)).toHaveLength(3);
    expect(ids(kubernetes)).not.toContain(gone);
  });

  it('starts all pods anew with other variables when it is deployed again', async () => {
    const { kubernetes } = await start({ environment: { GREETING: 'hi' } });
    const greeting = async () =>
      ((await (await kubernetes.fetch('/')).json()) as Record<string, string>)['GREETING'];
    expect(await greeting()).toBe('hi');
    const before = ids(kubernetes);
    await kubernetes.redeploy({ GREETING: 'good day' });
    expect(await greeting()).toBe('good day');
    expect(ids(kubernetes).filter((id) => before.includes(id))).toEqual([]);
  });

  it('leaves nothing running when the cluster is closed', async () => {
    const { kubernetes } = await start();
    await kubernetes.close();
    running = undefined;
    expect(kubernetes.engine.containers.running()).toEqual([]);
    expect(of('instance-stopped').map(({ reason }) => reason)).toEqual([
      'shut-down',
      'shut-down',
      'shut-down',
    ]);
  });

  it('brings nothing back while a slow program ends', async () => {
    const { kubernetes, started } = await start({ drains: 3_000 });
    await kubernetes.close();
    running = undefined;
    expect(of('instance-stopped')).toHaveLength(started.length);
    expect(started).toHaveLength(3);
  });
});

describe('a container that ends', () => {
  it('is started again at once, and the next time after a wait that can be skipped', async () => {
    const { kubernetes, started } = await start();
    const [pod = ''] = ids(kubernetes);
    const runs = (): number => started.filter(({ id }) => id === pod).length;
    const isReadyAgain = (): boolean =>
      of('endpoints-changed').at(-1)?.instances.includes(pod) ?? false;

    await kubernetes.kill(pod);
    await eventually(() => runs() === 2 && isReadyAgain());
    started.findLast(({ id }) => id === pod)?.exit(3);
    await eventually(() => statuses(kubernetes).includes('CrashLoopBackOff'));
    await sleep(1_000);
    expect(runs()).toBe(2);

    await kubernetes.wait(10_000);
    await eventually(() => runs() === 3 && isReadyAgain());
    expect(
      of('instance-stopped').map(({ instance, reason, code }) => [instance, reason, code]),
    ).toEqual([
      [pod, 'killed', null],
      [pod, 'crashed', 3],
    ]);
    expect(of('instance-waiting')).toMatchObject([{ instance: pod, reason: 'CrashLoopBackOff' }]);
    const shown = await kubernetes.kubectl!(`get pod ${pod} -o json`);
    expect(JSON.parse(shown)).toMatchObject({
      status: {
        containerStatuses: [
          { restartCount: 2, lastState: { terminated: { exitCode: 3, reason: 'Error' } } },
        ],
      },
    });
  });

  it('keeps the output of the run before', async () => {
    const { kubernetes, started, kubectl } = await start();
    const [pod = ''] = ids(kubernetes);
    const first = started.find(({ id }) => id === pod);
    first?.log('the first run');
    first?.exit(1);
    await eventually(() => started.filter(({ id }) => id === pod).length === 2);
    started.findLast(({ id }) => id === pod)?.log('the second run');
    expect(await kubectl(`logs ${pod}`)).toBe('the second run\n');
    expect(await kubectl(`logs ${pod} --previous`)).toBe('the first run\n');
  });

  it('is not started at all while what it needs is missing', async () => {
    const { kubernetes, started } = await start({
      objects: without('ConfigMap', 'HorizontalPodAutoscaler'),
      ready: false,
    });
    await eventually(() => statuses(kubernetes).includes('CreateContainerConfigError'));
    expect(started).toEqual([]);
    const [message] = of('instance-waiting').map((event) => event.message);
    expect(message).toBe('configmap "todo" not found');
    // All is quiet then: the next change of a pod is seconds away.
    await sleep(1_000);
    const asked = performance.now();
    await expect(kubernetes.ready()).rejects.toMatchObject({
      code: 'E_POD_FAILED',
      message: expect.stringContaining('configmap "todo" not found'),
    });
    expect(performance.now() - asked).toBeLessThan(1_000);
  });
});

describe('a rollout', () => {
  it('replaces the pods without a failed request', async () => {
    const { kubernetes, kubectl } = await start({
      program: async (self) => {
        await sleep(5);
        return new Response(self.id);
      },
    });
    const over = new AbortController();
    const answers: number[] = [];
    const asking = (async () => {
      while (!over.signal.aborted) answers.push((await kubernetes.fetch('/')).status);
    })();
    await kubectl('set image deployment/todo todo=todo:2');
    const said = await kubectl('rollout status deployment/todo --timeout 40s');
    over.abort();
    await asking;
    expect(said).toContain('deployment "todo" successfully rolled out');
    expect(answers.length).toBeGreaterThan(10);
    expect(new Set(answers)).toEqual(new Set([200]));
    // The last old pod may still be sleeping before its end.
    await eventually(() => ids(kubernetes).length === 3);
    expect(await kubectl('get pods -o json')).not.toContain('todo:1"');
  });

  it('stalls on an image that is not there; the old pods serve, and undo ends it', async () => {
    const { kubernetes, kubectl } = await start();
    await kubectl('set image deployment/todo todo=todo:broken');
    await eventually(() => statuses(kubernetes).some((status) => /Image/.test(status)));
    expect(of('instance-waiting').at(-1)?.message).toContain('todo:broken');
    const { status } = JSON.parse(await kubectl('get deploy todo -o json')) as Deployment;
    expect(status).toMatchObject({ availableReplicas: 3, updatedReplicas: 1 });
    expect((await kubernetes.fetch('/')).status).toBe(200);
    expect(await kubectl('rollout undo deployment/todo')).toBe(
      'deployment.apps/todo rolled back\n',
    );
    await kubectl('rollout status deployment/todo --timeout 20s');
    await eventually(() => ids(kubernetes).length === 3);
    expect(await kubectl('rollout history deployment/todo')).toMatch(/2 .*<none>\n3 .*<none>\n/);
  });

  it('is told to have failed when its pods never become ready', async () => {
    const { kubectl } = await start();
    await kubectl('set image deployment/todo todo=todo:broken');
    await expect(kubectl('rollout status deployment/todo --timeout 1s')).rejects.toThrow(
      'timed out waiting for the condition',
    );
  });
});

describe('an autoscaler', () => {
  it('adds pods under load, and keeps them for five minutes without', async () => {
    const { kubernetes, kubectl } = await start({
      objects: objects(),
      program: async () => {
        await sleep(30);
        return new Response('done');
      },
    });
    const over = new AbortController();
    const asking = [1, 2, 3].map(async () => {
      while (!over.signal.aborted) await kubernetes.fetch('/');
    });
    await eventually(() => kubernetes.engine.metrics.of(ids(kubernetes)[0] ?? '') !== undefined);
    await sleep(2_500);
    await kubernetes.wait(15_000);
    over.abort();
    await Promise.all(asking);
    expect(of('scaled')).toMatchObject([{ service: 'todo', from: 3, to: 6 }]);
    await kubectl('rollout status deployment/todo --timeout 20s');
    expect(await kubectl('get hpa')).toMatch(/cpu: \d+%\/50% {3}3 {9}6 /);

    await sleep(1_500);
    await kubernetes.wait(60_000);
    expect(of('scaled')).toHaveLength(1);
  });
});

describe('kubectl', () => {
  it('prints what is there and what it has done, and says what is wrong', async () => {
    const { kubectl } = await start();
    expect(await kubectl('get pods -o name')).toMatch(/^(pod\/todo-\w+-\w+\n){3}$/);
    expect(await kubectl('get cm,secret')).toMatch(
      /configmap\/todo {3}1 .*secret\/todo {3}Opaque {3}1 /s,
    );
    expect(await kubectl('get nodes')).toMatch(/node-1 {3}Ready/);
    expect(await kubectl('help')).toContain('This kubectl speaks to the local Kubernetes');
    expect(await kubectl('scale deployment/todo --replicas 2')).toBe(
      'deployment.apps/todo scaled\n',
    );
    await kubectl('rollout status deployment/todo --timeout 20s');
    await eventually(() => ids(running!).length === 2);
    expect(await kubectl('get deployments')).toMatch(/todo {3}2\/2 {5}2 {12}2 /);

    await expect(kubectl('get pod nope')).rejects.toThrow(
      'Error from server (NotFound): pods "nope" not found',
    );
    await expect(kubectl('get potatoes')).rejects.toThrow(
      'error: the server doesn\'t have a resource type "potatoes"',
    );
    await expect(kubectl('explode')).rejects.toThrow('unknown command "explode"');
    await expect(kubectl('scale deployment/todo')).rejects.toThrow('--replicas=COUNT');
    await expect(kubectl('get pods --frobnicate')).rejects.toThrow('unknown flag: --frobnicate');
  });
});
