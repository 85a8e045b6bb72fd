import { type Buckets, createBuckets } from './buckets.ts';
import type { Report } from './request-stats.ts';

/** What the autoscaler is told of one revision, by an activator or of all its pods together. */
export interface Stat {
  readonly concurrency: number;
  readonly requests: number;
}

/** Averages over the two windows. */
export interface Observation {
  readonly stable: number;
  readonly panic: number;
}

/** A revision's load over its windows. */
export interface Metric {
  record(now: number, stat: Stat): void;
  /** Undefined while there is nothing to decide on. */
  observe(now: number): Observation | undefined;
}

export interface MetricOptions {
  readonly kind: 'concurrency' | 'rps';
  /** Both in milliseconds. */
  readonly stableWindow: number;
  readonly panicWindow: number;
}

/**
 * Keeps what the autoscaler needs to know of a revision's load.
 *
 * @example
 * const metric = createMetric({ kind: 'concurrency', stableWindow: 60_000, panicWindow: 6_000 });
 * metric.record(0, { concurrency: 8, requests: 8 });
 * metric.observe(0) // { stable: 8, panic: 8 }
 */
export function createMetric({ kind, stableWindow, panicWindow }: MetricOptions): Metric {
  const stable: Buckets = createBuckets(stableWindow);
  const panic: Buckets = createBuckets(panicWindow);
  return {
    record(now, stat) {
      const value = kind === 'rps' ? stat.requests : stat.concurrency;
      stable.record(now, value);
      panic.record(now, value);
    },
    observe(now) {
      if (stable.isEmpty(now)) return undefined;
      return { stable: stable.average(now), panic: panic.average(now) };
    },
  };
}

/**
 * What the queue-proxies of a revision's pods add: their requests without those that the activator counts.
 *
 * @example podsStat([{ concurrency: 3, requests: 9, proxiedConcurrency: 2, proxiedRequests: 6 }]) // { concurrency: 1, requests: 3 }
 */
export function podsStat(reports: readonly Report[]): Stat {
  let concurrency = 0;
  let requests = 0;
  for (const report of reports) {
    concurrency += report.concurrency - report.proxiedConcurrency;
    requests += report.requests - report.proxiedRequests;
  }
  return { concurrency, requests };
}
