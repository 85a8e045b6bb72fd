import { describe, expect, it } from 'vitest';
import { targetOf, type TargetOptions } from './target.ts';

const VECTORS: readonly [string, Partial<TargetOptions>, number, number][] = [
  ['by default', {}, 70, 100],
  ['containerConcurrency 10', { containerConcurrency: 10 }, 7, 10],
  ['containerConcurrency 12 at 75 %', { containerConcurrency: 12, utilizationPercent: 75 }, 9, 12],
  ['containerConcurrency 1, target 10', { containerConcurrency: 1, target: 10 }, 0.7, 1],
  ['containerConcurrency 10, target 5', { containerConcurrency: 10, target: 5 }, 3.5, 5],
  ['target 10 without a limit', { target: 10 }, 7, 10],
  ['rps', { metric: 'rps' }, 140, 200],
  [
    'rps, whatever the limit on concurrency',
    { metric: 'rps', containerConcurrency: 1, target: 50 },
    35,
    50,
  ],
  ['a target so small that it would round to none', { target: 0.01 }, 0.01, 0.01],
];

describe('the target of a pod', () => {
  it.each(VECTORS)('%s', (_, options, target, total) => {
    const found = targetOf({ metric: 'concurrency', containerConcurrency: 0, ...options });
    expect(found.target).toBeCloseTo(target, 10);
    expect(found.total).toBe(total);
  });
});
