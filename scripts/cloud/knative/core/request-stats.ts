/** What a proxy has seen since it was last asked. */
export interface Report {
  /** The integral of requests in flight over the time, divided by the time. */
  readonly concurrency: number;
  readonly requests: number;
  /** The share that came through the activator, which counts it too. */
  readonly proxiedConcurrency: number;
  readonly proxiedRequests: number;
}

/** Counts requests in flight. `proxied` requests come through an activator. */
export interface RequestStats {
  arrive(now: number, proxied?: boolean): void;
  leave(now: number, proxied?: boolean): void;
  /** What happened since the last report. */
  report(now: number): Report;
}

/**
 * Starts to count.
 *
 * @example
 * const stats = createRequestStats(0);
 * stats.arrive(0);
 * stats.leave(500);
 * stats.report(1_000).concurrency // 0.5
 */
export function createRequestStats(begun: number): RequestStats {
  let changed = begun;
  let reported = begun;
  const all = { inFlight: 0, integral: 0, count: 0 };
  const proxied = { inFlight: 0, integral: 0, count: 0 };

  function pass(now: number): void {
    const elapsed = Math.max(0, now - changed);
    for (const tally of [all, proxied]) tally.integral += tally.inFlight * elapsed;
    changed += elapsed;
  }

  return {
    arrive(now, isProxied = false) {
      pass(now);
      for (const tally of isProxied ? [all, proxied] : [all]) {
        tally.inFlight += 1;
        tally.count += 1;
      }
    },
    leave(now, isProxied = false) {
      pass(now);
      for (const tally of isProxied ? [all, proxied] : [all]) tally.inFlight -= 1;
    },
    report(now) {
      pass(now);
      const elapsed = changed - reported;
      const average = (integral: number): number => (elapsed > 0 ? integral / elapsed : 0);
      const report = {
        concurrency: average(all.integral),
        requests: all.count,
        proxiedConcurrency: average(proxied.integral),
        proxiedRequests: proxied.count,
      };
      reported = changed;
      for (const tally of [all, proxied]) {
        tally.integral = 0;
        tally.count = 0;
      }
      return report;
    },
  };
}
