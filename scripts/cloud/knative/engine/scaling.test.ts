import { describe, expect, it } from 'vitest';
import type { FakePod } from '../testing/fake-workloads.ts';
import { settle, start } from '../testing/knative.ts';

describe('an idle Service', () => {
  it('loses its pod about a minute after the last request, with the activator in the path', async () => {
    const { pass, knative, text, workloads, of } = await start();
    await pass(2);
    await text();
    await pass(58);
    expect(workloads.pods()).toHaveLength(1);
    await pass(7);
    expect(workloads.pods()).toHaveLength(0);
    expect(workloads.calls.at(-1)).toBe('scale rule-00001-deployment 0');
    expect(of('scaled')).toMatchObject([
      { service: 'rule-00001', from: 1, to: 0, reason: 'no traffic' },
    ]);
    expect(knative.services()[0]?.conditions[0]).toMatchObject({ type: 'Ready', status: 'True' });
    expect(knative.revisions()[0]?.conditions.at(-1)).toMatchObject({
      type: 'Active',
      status: 'False',
      reason: 'NoTraffic',
    });
  });

  it('comes back from zero for a request, which waits meanwhile', async () => {
    const { pass, text, workloads, of } = await start({}, { startup: () => 1_500 });
    await pass(70);
    expect(workloads.pods()).toHaveLength(0);
    const answer = text();
    await settle();
    // At once, not at the next tick.
    expect(workloads.pods()).toHaveLength(1);
    expect(of('request-held')).toMatchObject([{ revision: 'rule-00001', waiting: 1 }]);
    await pass(2);
    expect(await answer).toBe('rule-00001');
    const hops = of('hop').map(({ from, to }) => `${from} > ${to}`);
    expect(hops).toEqual([
      'browser > ingress',
      'ingress > activator',
      'activator > rule-00001-deployment-2',
    ]);
  });

  it('with min-scale 1 stays warm', async () => {
    const { pass, workloads } = await start({ annotations: { 'min-scale': '1' } });
    await pass(300);
    expect(workloads.pods()).toHaveLength(1);
  });

  it('with a retention period keeps its pod for that long', async () => {
    const { pass, workloads } = await start({
      annotations: { 'scale-to-zero-pod-retention-period': '2m' },
    });
    await pass(170);
    expect(workloads.pods()).toHaveLength(1);
    await pass(20);
    expect(workloads.pods()).toHaveLength(0);
  });

  it('with another window goes sooner', async () => {
    const { pass, workloads } = await start({ annotations: { window: '10s' } });
    await pass(36);
    expect(workloads.pods()).toHaveLength(0);
  });
});

describe('a burst', () => {
  const slow = (waiting: (() => void)[]) => (pod: FakePod) => (): Promise<Response> =>
    new Promise((resolve) => {
      waiting.push(() => resolve(new Response(pod.name)));
    });

  it('is held and not refused, and brings as many pods as it needs', async () => {
    const waiting: (() => void)[] = [];
    const { pass, text, workloads, of } = await start(
      { spec: { containerConcurrency: 1 } },
      { program: slow(waiting), startup: () => 1_000 },
    );
    await pass(70);
    const answers = Array.from({ length: 20 }, () => text());
    await pass(9);
    expect(of('request-held').at(-1)?.waiting).toBe(20);
    // 20 at once, 0.7 to a pod.
    expect(workloads.pods()).toHaveLength(29);
    expect(of('autoscaled').at(-1)).toMatchObject({ isPanic: true, desired: 29 });
    for (const answer of waiting) answer();
    const pods = new Set(await Promise.all(answers));
    expect(pods.size).toBe(20);
    expect(of('throttled')).toEqual([]);
  });

  it('that is more than a pod and its queue can take is refused in part', async () => {
    const { pass, knative, of } = await start(
      {
        spec: { containerConcurrency: 1 },
        annotations: { 'target-burst-capacity': '0', 'max-scale': '1' },
      },
      { program: () => () => new Promise<Response>(() => undefined) },
    );
    await pass(3);
    const answers = Array.from({ length: 12 }, () => knative.fetch('/'));
    const refused = await answers[11]!;
    expect([refused.status, await refused.text()]).toEqual([503, 'pending request queue full\n']);
    await settle();
    expect(of('throttled')).toMatchObject([{ service: 'rule-00001', limit: 1 }]);
  });

  it('is bounded by max-scale', async () => {
    const waiting: (() => void)[] = [];
    const { pass, text, workloads } = await start(
      { spec: { containerConcurrency: 1 }, annotations: { 'max-scale': '3' } },
      { program: slow(waiting) },
    );
    const answers = Array.from({ length: 6 }, () => text());
    await pass(4);
    expect(workloads.pods()).toHaveLength(3);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await settle();
    }
    expect(await Promise.all(answers)).toHaveLength(6);
  });

  it('tells why there are more pods, and why there are fewer', async () => {
    const waiting: (() => void)[] = [];
    const { pass, text, of } = await start(
      { spec: { containerConcurrency: 10 } },
      { program: slow(waiting) },
    );
    await pass(70);
    const answers = Array.from({ length: 50 }, () => text());
    await pass(10);
    for (const answer of waiting) answer();
    await Promise.all(answers);
    await pass(140);
    const reasons = of('scaled').map(({ from, to, reason }) => `${from} > ${to}: ${reason}`);
    expect(reasons.slice(0, 3)).toEqual([
      '1 > 0: no traffic',
      '0 > 1: requests wait',
      '1 > 4: more requests than it aims for',
    ]);
    expect(reasons.slice(-2)).toEqual([
      '2 > 1: fewer requests than it has pods for',
      '1 > 0: no traffic',
    ]);
  });

  it('that is over lets pods go when its panic is', async () => {
    const waiting: (() => void)[] = [];
    const { pass, text, workloads } = await start(
      { spec: { containerConcurrency: 10 } },
      { program: slow(waiting) },
    );
    await pass(2);
    const answers = Array.from({ length: 50 }, () => text());
    await pass(10);
    expect(workloads.pods()).toHaveLength(8);
    for (const answer of waiting) answer();
    await Promise.all(answers);
    await pass(50);
    expect(workloads.pods()).toHaveLength(8);
    await pass(80);
    expect(workloads.pods()).toHaveLength(0);
  });

  it('leaves the activator out when there is room for another one', async () => {
    const waiting: (() => void)[] = [];
    const { pass, text, of, knative, chances } = await start(
      { annotations: { 'min-scale': '4' } },
      { program: slow(waiting) },
    );
    await pass(4);
    expect(of('path-changed')).toEqual([
      expect.objectContaining({ revision: 'rule-00001', activator: false }),
    ]);
    // The third of four pods.
    chances.push(0, 0.6);
    expect(knative.instances().map(({ state }) => state)).toEqual(Array(4).fill('idle'));
    const answer = text();
    await settle();
    expect(knative.instances().map(({ state }) => state)).toEqual(['idle', 'idle', 'busy', 'idle']);
    waiting[0]?.();
    await answer;
    expect(of('hop').map(({ from, to }) => `${from} > ${to.replace(/-\d$/, '')}`)).toEqual([
      'browser > ingress',
      'ingress > rule-00001-deployment',
    ]);
    expect(knative.instances().filter(({ served }) => served > 0)).toHaveLength(1);
  });
});
