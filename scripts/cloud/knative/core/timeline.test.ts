import { describe, expect, it } from 'vitest';
import { decide, remember, type DeciderSpec } from './decide.ts';
import {
  PANIC_THRESHOLD_PERCENT,
  PANIC_WINDOW_PERCENT,
  SCALE_DOWN_RATE,
  SCALE_UP_RATE,
  SECOND_MS,
  STABLE_WINDOW_MS,
  TARGET_BURST_CAPACITY,
  TICK_MS,
} from './limits.ts';
import { createMetric } from './metric.ts';
import { targetOf } from './target.ts';

/** A revision as shipped, with pods that are ready by the next tick; answers with every change: second -> pods. */
function series(
  containerConcurrency: number,
  load: { readonly concurrency: number; readonly seconds: number },
): Record<number, number> {
  const spec: DeciderSpec = {
    ...targetOf({ metric: 'concurrency', containerConcurrency }),
    scaleUpRate: SCALE_UP_RATE,
    scaleDownRate: SCALE_DOWN_RATE,
    panicThreshold: PANIC_THRESHOLD_PERCENT / 100,
    stableWindow: STABLE_WINDOW_MS,
    targetBurstCapacity: TARGET_BURST_CAPACITY,
    activationScale: 1,
    scaleDownDelay: 0,
    reachable: true,
  };
  const metric = createMetric({
    kind: 'concurrency',
    stableWindow: STABLE_WINDOW_MS,
    panicWindow: (STABLE_WINDOW_MS * PANIC_WINDOW_PERCENT) / 100,
  });
  const changes: Record<number, number> = {};
  let pods = 0;
  let memory = remember(0, 0);
  for (let second = 0; second <= 200; second += 1) {
    const now = second * SECOND_MS;
    const concurrency = second < load.seconds ? load.concurrency : 0;
    metric.record(now, { concurrency, requests: 0 });
    if (now % TICK_MS !== 0) continue;
    const decision = decide(spec, { load: metric.observe(now), readyPods: pods, memory }, now);
    if (!decision) continue;
    memory = decision.memory;
    if (decision.desired !== pods) changes[second] = decision.desired;
    pods = decision.desired;
  }
  return changes;
}

describe('pods over time, as shipped', () => {
  it('containerConcurrency 10, 50 at once for 60 s', () => {
    expect(series(10, { concurrency: 50, seconds: 60 })).toEqual({
      0: 8,
      62: 7,
      70: 6,
      78: 5,
      86: 4,
      94: 3,
      104: 2,
      112: 1,
      120: 0,
    });
  });

  it('containerConcurrency 1, 5 at once for 30 s', () => {
    expect(series(1, { concurrency: 5, seconds: 30 })).toEqual({
      0: 8,
      62: 4,
      64: 3,
      74: 2,
      82: 1,
      90: 0,
    });
  });

  it('no limit, 30 at once for 120 s', () => {
    expect(series(0, { concurrency: 30, seconds: 120 })).toEqual({ 0: 1, 180: 0 });
  });
});
