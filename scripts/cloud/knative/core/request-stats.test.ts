import { describe, expect, it } from 'vitest';
import { createActivatorStats } from './activator-stats.ts';
import { createMetric, podsStat } from './metric.ts';
import { createRequestStats } from './request-stats.ts';

describe('a queue-proxy', () => {
  it('reports two requests of 500 ms in one second as 1.0 at once', () => {
    const stats = createRequestStats(0);
    stats.arrive(0);
    stats.leave(500);
    stats.arrive(500);
    stats.leave(1_000);
    expect(stats.report(1_000)).toMatchObject({ concurrency: 1, requests: 2 });
  });

  it('reports requests that run side by side by their time', () => {
    const stats = createRequestStats(0);
    stats.arrive(0);
    stats.arrive(0);
    stats.leave(250);
    stats.leave(750);
    expect(stats.report(1_000).concurrency).toBe(1);
  });

  it('counts an arrival once, and its time in every report until it leaves', () => {
    const stats = createRequestStats(0);
    stats.arrive(500);
    expect(stats.report(1_000)).toMatchObject({ concurrency: 0.5, requests: 1 });
    expect(stats.report(2_000)).toMatchObject({ concurrency: 1, requests: 0 });
    stats.leave(2_250);
    expect(stats.report(3_000)).toMatchObject({ concurrency: 0.25, requests: 0 });
    expect(stats.report(4_000)).toMatchObject({ concurrency: 0, requests: 0 });
  });

  it('leaves to the activator what came through it', () => {
    const stats = createRequestStats(0);
    stats.arrive(0, true);
    stats.arrive(0);
    stats.leave(500);
    const report = stats.report(1_000);
    expect(report).toMatchObject({ concurrency: 1.5, proxiedConcurrency: 1, proxiedRequests: 1 });
    expect(podsStat([report])).toEqual({ concurrency: 0.5, requests: 1 });
    expect(podsStat([report, report])).toEqual({ concurrency: 1, requests: 2 });
  });

  it('reports nothing when no time has passed', () => {
    const stats = createRequestStats(1_000);
    stats.arrive(1_000);
    expect(stats.report(1_000)).toMatchObject({ concurrency: 0, requests: 1 });
  });
});

describe('an activator', () => {
  it('tells the first request of a revision at once, and takes it off the next report', () => {
    const stats = createActivatorStats();
    expect(stats.arrive('a', 0)).toEqual({ concurrency: 1, requests: 1 });
    expect(stats.arrive('a', 0)).toBeUndefined();
    expect(stats.arrive('b', 500)).toEqual({ concurrency: 1, requests: 1 });
    expect(stats.report(1_000)).toEqual([
      ['a', { concurrency: 1, requests: 1 }],
      ['b', { concurrency: 0, requests: 0 }],
    ]);
    expect(stats.report(2_000)).toEqual([
      ['a', { concurrency: 2, requests: 0 }],
      ['b', { concurrency: 1, requests: 0 }],
    ]);
  });

  it('never reports less than nothing for a request that was short', () => {
    const stats = createActivatorStats();
    stats.arrive('a', 0);
    stats.leave('a', 100);
    expect(stats.report(1_000)).toEqual([['a', { concurrency: 0, requests: 0 }]]);
  });

  it('reports an idle revision once as nothing and then forgets it', () => {
    const stats = createActivatorStats();
    stats.arrive('a', 0);
    stats.leave('a', 1_000);
    stats.report(1_000);
    expect(stats.report(2_000)).toEqual([['a', { concurrency: 0, requests: 0 }]]);
    expect(stats.report(3_000)).toEqual([]);
    expect(stats.arrive('a', 3_500)).toEqual({ concurrency: 1, requests: 1 });
  });
});

describe('a metric', () => {
  const windows = { stableWindow: 60_000, panicWindow: 6_000 };

  it('has no observation before the first stat, nor after a silence longer than the stable window', () => {
    const metric = createMetric({ kind: 'concurrency', ...windows });
    expect(metric.observe(0)).toBeUndefined();
    metric.record(0, { concurrency: 3, requests: 0 });
    expect(metric.observe(0)).toEqual({ stable: 3, panic: 3 });
    expect(metric.observe(60_000)).toEqual({ stable: 0, panic: 0 });
    expect(metric.observe(61_000)).toBeUndefined();
  });

  it('averages over 60 s and over 6 s', () => {
    const metric = createMetric({ kind: 'concurrency', ...windows });
    for (let second = 0; second < 60; second += 1) {
      metric.record(second * 1_000, { concurrency: second < 54 ? 0 : 10, requests: 7 });
    }
    expect(metric.observe(59_000)).toEqual({ stable: 1, panic: 10 });
  });

  it('counts requests when it is asked for requests a second', () => {
    const metric = createMetric({ kind: 'rps', ...windows });
    metric.record(0, { concurrency: 1, requests: 40 });
    expect(metric.observe(0)).toEqual({ stable: 40, panic: 40 });
  });

  it('adds what an activator and the pods say of the same second', () => {
    const metric = createMetric({ kind: 'concurrency', ...windows });
    metric.record(100, { concurrency: 2, requests: 2 });
    metric.record(900, { concurrency: 3, requests: 3 });
    expect(metric.observe(950)).toEqual({ stable: 5, panic: 5 });
  });
});
