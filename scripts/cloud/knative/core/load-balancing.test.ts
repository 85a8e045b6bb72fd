import { describe, expect, it } from 'vitest';
import { activatorDepth, admit, queueProxyLimits } from './breaker.ts';
import { type PodLoad, policyFor } from './load-balancing.ts';

const pods = (...loads: number[]): PodLoad[] =>
  loads.map((inFlight, index) => ({ id: `pod-${index}`, inFlight }));

/** Answers with these numbers, one after the other. */
function chance(...numbers: number[]): () => number {
  return () => numbers.shift() ?? 0;
}

describe('without a limit on concurrency', () => {
  const pick = policyFor(0);

  it('waits when there is no pod, and takes the only one however loaded', () => {
    expect(pick([], chance())).toBeUndefined();
    expect(pick(pods(500), chance())).toBe('pod-0');
  });

  it('takes the less loaded of two random pods, and not the least loaded of all', () => {
    expect(pick(pods(5, 0, 3, 4), chance(0.8, 0))).toBe('pod-3');
    expect(pick(pods(5, 0, 3, 4), chance(0.8, 0.7))).toBe('pod-2');
  });

  it('never compares a pod with itself', () => {
    expect(pick(pods(9, 1), chance(0, 0))).toBe('pod-1');
    expect(pick(pods(9, 1), chance(0.99, 0.99))).toBe('pod-1');
    expect(pick(pods(9, 5, 1), chance(0.5, 0.5))).toBe('pod-2');
  });

  it('tosses a coin when both are as loaded', () => {
    expect(pick(pods(1, 1), chance(0, 0, 0.2))).toBe('pod-0');
    expect(pick(pods(1, 1), chance(0, 0, 0.7))).toBe('pod-1');
  });
});

describe.each([1, 2, 3])('at %i at once', (limit) => {
  it('takes the first pod with a free slot, else waits', () => {
    const pick = policyFor(limit);
    expect(pick(pods(0, 0), chance())).toBe('pod-0');
    expect(pick(pods(0, 0), chance())).toBe('pod-0');
    expect(pick(pods(limit, limit - 1), chance())).toBe('pod-1');
    expect(pick(pods(limit, limit), chance())).toBeUndefined();
  });
});

describe('from 4 at once on', () => {
  it('takes one pod after the other', () => {
    const pick = policyFor(4);
    const taken = [1, 2, 3, 4].map(() => pick(pods(0, 0, 0), chance()));
    expect(taken).toEqual(['pod-0', 'pod-1', 'pod-2', 'pod-0']);
  });

  it('skips full pods, and waits when all are', () => {
    const pick = policyFor(4);
    expect(pick(pods(4, 3, 0), chance())).toBe('pod-1');
    expect(pick(pods(0, 4, 4), chance())).toBe('pod-0');
    expect(pick(pods(4, 4, 4), chance())).toBeUndefined();
  });

  it('begins at the first pod again when there are fewer', () => {
    const pick = policyFor(4);
    for (const _ of [1, 2, 3]) pick(pods(0, 0, 0), chance());
    expect(pick(pods(0), chance())).toBe('pod-0');
  });
});

describe('a queue-proxy', () => {
  it('of a pod that takes one at a time accepts 11 of 12 slow requests', () => {
    const limits = queueProxyLimits(1);
    const now = { running: 0, waiting: 0 };
    const outcomes = Array.from({ length: 12 }, () => {
      const outcome = admit(now, limits);
      if (outcome === 'run') now.running += 1;
      if (outcome === 'wait') now.waiting += 1;
      return outcome;
    });
    expect(outcomes).toEqual(['run', ...Array<string>(10).fill('wait'), 'refuse']);
  });

  it('lets ten times as many wait as may run', () => {
    expect(queueProxyLimits(8)).toEqual({ running: 8, waiting: 80 });
  });

  it('without a limit lets all through', () => {
    expect(admit({ running: 5_000, waiting: 0 }, queueProxyLimits(0))).toBe('run');
  });

  it('lets nobody overtake those who wait', () => {
    expect(admit({ running: 0, waiting: 1 }, queueProxyLimits(1))).toBe('wait');
  });
});

it('an activator keeps 10,000 requests for a revision with a limit, and all for one without', () => {
  expect([activatorDepth(1), activatorDepth(0)]).toEqual([10_000, Number.POSITIVE_INFINITY]);
});
