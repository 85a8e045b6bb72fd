import { describe, expect, it } from 'vitest';
import { createTestClock } from '../../shared/test-clock.ts';
import { createQueueProxy } from './queue-proxy.ts';

const request = (): Request => new Request('http://rule/');
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A queue-proxy before a container that answers when the test says so. */
function start(containerConcurrency: number, timeoutSeconds = 300) {
  const clock = createTestClock();
  const running: { answer: (response: Response) => void; fail: (error: Error) => void }[] = [];
  const proxy = createQueueProxy({
    containerConcurrency,
    timeoutSeconds,
    clock,
    realClock: clock,
    fetch: () =>
      new Promise((answer, fail) => {
        running.push({ answer, fail });
      }),
  });
  return { clock, running, proxy };
}

describe('a queue-proxy', () => {
  it('of a container that takes one at a time accepts 11 slow requests and refuses the twelfth', async () => {
    const { proxy, running } = start(1);
    const answers = Array.from({ length: 12 }, () => proxy.handle(request(), false));
    const refused = await answers[11]!;
    expect([refused.status, await refused.text()]).toEqual([503, 'pending request queue full\n']);
    expect(running).toHaveLength(1);
    for (let turn = 0; turn < 11; turn += 1) {
      running[turn]?.answer(new Response(null));
      await settle();
    }
    const statuses = await Promise.all(answers.map(async (answer) => (await answer).status));
    expect(statuses).toEqual([...Array<number>(11).fill(200), 503]);
    expect(proxy.served).toBe(11);
  });

  it('lets those who wait in, in their order, and a newcomer behind them', async () => {
    const order: string[] = [];
    const clock = createTestClock();
    const gates: (() => void)[] = [];
    const proxy = createQueueProxy({
      containerConcurrency: 1,
      timeoutSeconds: 300,
      clock,
      realClock: clock,
      fetch: ({ url }) => {
        order.push(new URL(url).pathname);
        return new Promise((resolve) => gates.push(() => resolve(new Response(null))));
      },
    });
    for (const name of ['a', 'b', 'c'])
      void proxy.handle(new Request(`http://rule/${name}`), false);
    await settle();
    gates[0]?.();
    void proxy.handle(new Request('http://rule/d'), false);
    for (const turn of [1, 2, 3]) {
      await settle();
      gates[turn]?.();
    }
    expect(order).toEqual(['/a', '/b', '/c', '/d']);
  });

  it('without a limit lets all through at once', async () => {
    const { proxy, running } = start(0);
    for (let count = 0; count < 50; count += 1) void proxy.handle(request(), false);
    await settle();
    expect(running).toHaveLength(50);
  });

  it('counts a request until its answer has been read', async () => {
    const { proxy, running, clock } = start(0);
    const answer = proxy.handle(request(), false);
    await settle();
    running[0]?.answer(new Response('done'));
    const response = await answer;
    await clock.skip(1_000);
    expect(proxy.report().concurrency).toBe(1);
    expect(proxy.inFlight).toBe(1);
    expect(await response.text()).toBe('done');
    expect(proxy.inFlight).toBe(0);
  });

  it('keeps headers that a browser would drop', async () => {
    const { proxy, running } = start(0);
    const answer = proxy.handle(request(), false);
    await settle();
    running[0]?.answer(
      new Response('x', {
        status: 201,
        headers: [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
        ],
      }),
    );
    const response = await answer;
    expect([response.status, response.headers.getSetCookie()]).toEqual([201, ['a=1', 'b=2']]);
    await response.body?.cancel();
    expect(proxy.inFlight).toBe(0);
  });

  it('gives up after the revision’s time-out, and the slot goes to the next', async () => {
    const { proxy, running, clock } = start(1, 10);
    const late = proxy.handle(request(), false);
    await clock.skip(5_000);
    const next = proxy.handle(request(), false);
    await settle();
    await clock.skip(5_000);
    const response = await late;
    expect([response.status, await response.text()]).toEqual([504, 'request timeout\n']);
    await settle();
    running[1]?.answer(new Response(null));
    expect((await next).status).toBe(200);
  });

  it('counts the wait for a slot against the time-out', async () => {
    const { proxy, running, clock } = start(1, 10);
    void proxy.handle(request(), false);
    await clock.skip(2_000);
    const waits = proxy.handle(request(), false);
    await settle();
    await clock.skip(8_000);
    await settle();
    expect(running).toHaveLength(2);
    await clock.skip(2_000);
    expect((await waits).status).toBe(504);
  });

  it('answers 502 when its container is gone', async () => {
    const { proxy, running } = start(1);
    const answer = proxy.handle(request(), false);
    await settle();
    running[0]?.fail(new TypeError('fetch failed'));
    expect((await answer).status).toBe(502);
    expect(proxy.inFlight).toBe(0);
  });

  it('is drained when nothing runs or waits any more, and serves until then', async () => {
    const { proxy, running } = start(1);
    await proxy.drained();
    const answers = [proxy.handle(request(), false), proxy.handle(request(), false)];
    await settle();
    let isDrained = false;
    void proxy.drained().then(() => (isDrained = true));
    running[0]?.answer(new Response(null));
    await settle();
    expect(isDrained).toBe(false);
    running[1]?.answer(new Response(null));
    await Promise.all(answers);
    await settle();
    expect(isDrained).toBe(true);
  });

  it('reports apart what came through the activator', async () => {
    const { proxy, clock } = start(0);
    void proxy.handle(request(), true);
    void proxy.handle(request(), false);
    await clock.skip(1_000);
    expect(proxy.report()).toEqual({
      concurrency: 2,
      requests: 2,
      proxiedConcurrency: 1,
      proxiedRequests: 1,
    });
  });
});
