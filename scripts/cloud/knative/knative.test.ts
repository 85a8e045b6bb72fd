import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createNodeHost } from '../hosts/node/host.ts';
import { createKubernetes, loadWebernetes, parseDockerfile } from '../kubernetes/index.ts';
import type { PlatformEvent } from '../shared/events.ts';
import { createSkippableClock } from '../shared/skippable-clock.ts';
import { systemClock } from '../shared/system-clock.ts';
import { createClusterWorkloads } from './engine/cluster-workloads.ts';
import { createKnative } from './index.ts';

const FIXTURE = join(import.meta.dirname, '../kubernetes/fixtures/stage');
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start() {
  const events: PlatformEvent[] = [];
  const clock = createSkippableClock(systemClock);
  const config = parseDockerfile(readFileSync(join(FIXTURE, 'Dockerfile'), 'utf8'));
  const kubernetes = await createKubernetes({
    webernetes: await loadWebernetes(),
    host: createNodeHost(),
    objects: [],
    images: [{ reference: 'todo:1', config, directory: FIXTURE }],
    clock,
    realClock: systemClock,
    emit: (event) => events.push(event),
  });
  const knative = createKnative({
    workloads: createClusterWorkloads(kubernetes),
    clock,
    realClock: systemClock,
    domain: 'localhost',
    emit: (event) => events.push(event),
  });
  closing.push(async () => {
    await knative.close();
    await kubernetes.close();
  });
  const of = <Type extends PlatformEvent['type']>(type: Type) =>
    events.filter((event): event is Extract<PlatformEvent, { type: Type }> => event.type === type);
  return { knative, kubernetes, of };
}

function manifest(env: Record<string, string> = {}, container: object = {}): unknown {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'todo' },
    spec: {
      template: { spec: { containers: [{ image: 'todo:1', env: variables, ...container }] } },
    },
  };
}

describe('on the local Kubernetes, with processes', { timeout: 60_000 }, () => {
  it('comes up, goes to zero, and comes back for a request', async () => {
    const { knative, of } = await start();
    knative.apply(manifest({ GREETING: 'hello' }));
    await knative.ready();
    expect(await (await knative.fetch('/')).json()).toMatchObject({ count: 1, greeting: 'hello' });
    await knative.wait(70_000);
    expect(knative.instances()).toEqual([]);
    // Another process: its memory is empty.
    expect(await (await knative.fetch('/')).json()).toMatchObject({ count: 1 });
    expect(of('scaled').map(({ from, to }) => `${from} > ${to}`)).toEqual(['1 > 0', '0 > 1']);
    // The queue-proxy asks until its program answers: nothing fails on the way.
    expect(of('probe-failed')).toEqual([]);
  });

  it('is ready when its program says so, where a path is named', async () => {
    const { knative } = await start();
    knative.apply(manifest({}, { readinessProbe: { httpGet: { path: '/environment' } } }));
    await knative.ready();
    expect(await (await knative.fetch('/')).json()).toMatchObject({ count: 1 });
  });

  it('tells a SIGTERM to a pod when its last request is answered', async () => {
    const { knative, kubernetes, of } = await start();
    knative.apply(manifest());
    await knative.ready();
    const slow = knative.fetch('/slow?ms=1500');
    await expect.poll(() => knative.instances()[0]?.state, { timeout: 5_000 }).toBe('busy');
    const [pod] = knative.instances();
    const deleted = kubernetes.actions.deletePods([pod?.id ?? '']);
    expect(await (await slow).text()).toBe('slow');
    await deleted;
    const log = of('log').filter(({ instance }) => instance === pod?.id);
    expect(log.map(({ text }) => text)).toEqual(['listening', 'draining']);
    const answered = of('response')[0]?.at ?? Number.NaN;
    const drained = log.find(({ text }) => text === 'draining')?.at ?? Number.NaN;
    expect(drained).toBeGreaterThanOrEqual(answered);
  });

  it('says that an image is not there, and why a program ends', async () => {
    const { knative } = await start();
    knative.apply(manifest({}, { image: 'nobody:1' }));
    await expect(knative.ready()).rejects.toThrow('Unable to fetch image "nobody:1"');
    knative.apply(manifest({ BROKEN: 'no database' }));
    await expect(knative.ready()).rejects.toThrow('Container failed with: broken: no database');
  });
});
