import { describe, expect, it } from 'vitest';
import { readAutoscaling } from './annotations.ts';
import { parseDuration, printDuration } from './duration.ts';

describe('the settings of a revision', () => {
  it('without annotations are those that Knative ships', () => {
    expect(readAutoscaling({})).toEqual({
      metric: 'concurrency',
      target: undefined,
      utilizationPercent: undefined,
      minScale: 0,
      maxScale: 0,
      initialScale: 1,
      activationScale: 1,
      stableWindow: 60_000,
      panicWindowPercent: 10,
      panicThresholdPercent: 200,
      targetBurstCapacity: 211,
      scaleDownDelay: 0,
      podRetention: 0,
    });
  });

  it('are those of its annotations', () => {
    const values = {
      metric: 'rps',
      target: '50.5',
      'target-utilization-percentage': '80',
      'min-scale': '1',
      'max-scale': '9',
      'initial-scale': '2',
      'activation-scale': '3',
      window: '40s',
      'panic-window-percentage': '20',
      'panic-threshold-percentage': '150',
      'target-burst-capacity': '-1',
      'scale-down-delay': '2m',
      'scale-to-zero-pod-retention-period': '1m5s',
    };
    const annotations = Object.entries(values).map(([name, value]) => [
      `autoscaling.knative.dev/${name}`,
      value,
    ]);
    expect(readAutoscaling(Object.fromEntries(annotations) as Record<string, string>)).toEqual({
      metric: 'rps',
      target: 50.5,
      utilizationPercent: 80,
      minScale: 1,
      maxScale: 9,
      initialScale: 2,
      activationScale: 3,
      stableWindow: 40_000,
      panicWindowPercent: 20,
      panicThresholdPercent: 150,
      targetBurstCapacity: -1,
      scaleDownDelay: 120_000,
      podRetention: 65_000,
    });
  });
});

describe('a duration', () => {
  it.each([
    ['60s', 60_000],
    ['1h0m0.5s', 3_600_500],
    ['1.5m', 90_000],
    ['-3ms', -3],
    ['0', 0],
    ['100µs', 0.1],
  ])('%s', (text, milliseconds) => expect(parseDuration(text)).toBeCloseTo(milliseconds, 9));

  it.each(['', '60', 's', '1 s', '1d', '5s ', '1h-2m'])('"%s" is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('is printed as Go prints it', () => {
    expect([0, 6_000, 90_000, 3_600_000].map(printDuration)).toEqual([
      '0s',
      '6s',
      '1m30s',
      '1h0m0s',
    ]);
  });
});
