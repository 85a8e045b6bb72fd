import { describe, expect, it } from 'vitest';
import { createTestClock } from '../../shared/test-clock.ts';
import { ACTIVATOR_DEPTH } from '../core/limits.ts';
import { type ActivatedRevision, createActivator } from './activator.ts';

const request = (): Request => new Request('http://rule/');
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

function start(containerConcurrency: number, timeoutSeconds = 300) {
  const clock = createTestClock();
  const stats: string[] = [];
  const held: string[] = [];
  const sent: { pod: string; answer: (response: Response) => void; fail: () => void }[] = [];
  let pods: string[] = [];
  const activator = createActivator({
    clock,
    realClock: clock,
    random: () => 0,
    onStat: (revision, { concurrency }) => stats.push(`${revision} ${concurrency}`),
    onHeld: (_revision, id, waiting) => held.push(`${id} ${waiting}`),
  });
  const revision: ActivatedRevision = {
    name: 'rule-00001',
    containerConcurrency,
    timeoutSeconds,
    readyPods: () => pods,
    send: (pod) =>
      new Promise((answer, reject) => {
        sent.push({ pod, answer, fail: () => reject(new TypeError('fetch failed')) });
      }),
  };
  return {
    clock,
    stats,
    held,
    sent,
    activator,
    handle: (id: string) => activator.handle(revision, request(), id),
    setPods(next: string[]) {
      pods = next;
      activator.podsChanged('rule-00001');
    },
  };
}

describe('an activator', () => {
  it('holds requests until there is a pod, and tells the first at once', async () => {
    const { handle, setPods, sent, stats, held, activator } = start(0);
    const answers = [handle('r1'), handle('r2'), handle('r3')];
    await settle();
    expect([stats, held, sent.length]).toEqual([['rule-00001 1'], ['r1 1', 'r2 2', 'r3 3'], 0]);
    expect(activator.waiting('rule-00001')).toBe(3);
    setPods(['a']);
    await settle();
    expect(sent.map(({ pod }) => pod)).toEqual(['a', 'a', 'a']);
    for (const { answer } of sent) answer(new Response('ok'));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('gives a pod no more than it takes at once, and the next slot to who waits longest', async () => {
    const { handle, setPods, sent } = start(1);
    setPods(['a', 'b']);
    const answers = ['r1', 'r2', 'r3'].map(handle);
    await settle();
    expect(sent.map(({ pod }) => pod)).toEqual(['a', 'b']);
    sent[1]?.answer(new Response(null));
    await settle();
    expect(sent.map(({ pod }) => pod)).toEqual(['a', 'b', 'b']);
    for (const { answer } of sent) answer(new Response(null));
    await Promise.all(answers);
  });

  it('counts a slot as taken until the answer has been read', async () => {
    const { handle, setPods, sent } = start(1);
    setPods(['a']);
    const first = handle('r1');
    void handle('r2');
    await settle();
    sent[0]?.answer(new Response('a body'));
    const response = await first;
    await settle();
    expect(sent).toHaveLength(1);
    await response.text();
    await settle();
    expect(sent).toHaveLength(2);
  });

  it('answers 504 when the wait took the revision’s time-out', async () => {
    const { handle, clock, activator, setPods, sent } = start(0, 10);
    const answer = handle('r1');
    await settle();
    await clock.skip(10_000);
    const response = await answer;
    expect([response.status, await response.text()]).toEqual([504, 'activator request timeout\n']);
    expect(activator.waiting('rule-00001')).toBe(0);
    setPods(['a']);
    expect(sent).toHaveLength(0);
  });

  it('takes what the wait took off the time for the answer', async () => {
    const { handle, clock, setPods } = start(0, 10);
    const answer = handle('r1');
    await settle();
    await clock.skip(8_000);
    setPods(['a']);
    await settle();
    await clock.skip(1_999);
    await settle();
    await clock.skip(1);
    expect((await answer).status).toBe(504);
  });

  it('answers 503 when its queue is full', async () => {
    const { handle, held } = start(1);
    for (let count = 0; count < ACTIVATOR_DEPTH; count += 1) void handle(`r${count}`);
    await settle();
    expect(held).toHaveLength(ACTIVATOR_DEPTH);
    const response = await handle('last');
    expect([response.status, await response.text()]).toEqual([503, 'pending request queue full\n']);
  });

  it('answers 502 when the pod ends before it has answered, and gives its slot back', async () => {
    const { handle, setPods, sent } = start(1);
    setPods(['a']);
    const [first, second] = [handle('r1'), handle('r2')];
    await settle();
    sent[0]?.fail();
    expect((await first).status).toBe(502);
    await settle();
    sent[1]?.answer(new Response(null));
    expect((await second).status).toBe(200);
  });

  it('reports a request as long as it waits or runs', async () => {
    const { handle, clock, activator, setPods, sent } = start(0);
    const answer = handle('r1');
    await settle();
    await clock.skip(1_000);
    // The first was told as one already.
    expect(activator.report()).toEqual([['rule-00001', { concurrency: 0, requests: 0 }]]);
    await clock.skip(1_000);
    expect(activator.report()).toEqual([['rule-00001', { concurrency: 1, requests: 0 }]]);
    setPods(['a']);
    await settle();
    sent[0]?.answer(new Response(null));
    await answer;
    await clock.skip(1_000);
    expect(activator.report()).toEqual([['rule-00001', { concurrency: 0, requests: 0 }]]);
    expect(activator.report()).toEqual([]);
  });
});
