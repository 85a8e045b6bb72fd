import { describe, expect, it } from 'vitest';
import { createBuckets } from './buckets.ts';

const seconds = (value: number): number => value * 1_000;

function oneToFive(): ReturnType<typeof createBuckets> {
  const buckets = createBuckets(seconds(5));
  for (const second of [0, 1, 2, 3, 4]) buckets.record(seconds(second), second + 1);
  return buckets;
}

describe('a window of five seconds with 1 to 5 in it', () => {
  it('has their average', () => {
    expect(oneToFive().average(seconds(4))).toBe(3);
  });

  it('forgets what is older than the window, and divides by the seconds that are left', () => {
    expect(oneToFive().average(seconds(6))).toBe(4);
  });

  it('has nothing left when the window has passed', () => {
    expect(oneToFive().average(seconds(9))).toBe(0);
    expect(oneToFive().average(seconds(10))).toBe(0);
  });
});

describe('a window', () => {
  it('adds up what comes in the same second', () => {
    const buckets = createBuckets(seconds(5));
    buckets.record(200, 1);
    buckets.record(900, 2);
    expect(buckets.average(999)).toBe(3);
  });

  it('tells the last moment of one second from the first of the next', () => {
    const buckets = createBuckets(seconds(5));
    buckets.record(999, 1);
    buckets.record(1_000, 3);
    buckets.record(1_001, 2);
    expect(buckets.average(1_500)).toBe(3);
  });

  it('of a fraction of a second is rounded up', () => {
    const buckets = createBuckets(4_500);
    for (const second of [0, 1, 2, 3, 4]) buckets.record(seconds(second), second + 1);
    expect(buckets.average(seconds(4))).toBe(3);
  });

  it('that has just begun is divided by the seconds it has seen', () => {
    const buckets = createBuckets(seconds(60));
    buckets.record(seconds(100), 8);
    expect(buckets.average(seconds(100))).toBe(8);
    buckets.record(seconds(101), 0);
    expect(buckets.average(seconds(101))).toBe(4);
  });

  it('counts a second without a value as nothing', () => {
    const buckets = createBuckets(seconds(5));
    buckets.record(seconds(0), 6);
    buckets.record(seconds(2), 6);
    expect(buckets.average(seconds(2))).toBe(4);
  });

  it('drops what falls out as new values come', () => {
    const buckets = oneToFive();
    buckets.record(seconds(6), 7);
    expect(buckets.average(seconds(6))).toBe((3 + 4 + 5 + 7) / 5);
  });

  it('begins anew after a silence as long as itself', () => {
    const buckets = oneToFive();
    buckets.record(seconds(9), 8);
    expect(buckets.average(seconds(9))).toBe(8);
  });

  it('takes a late value into its own second, and leaves one that is too late', () => {
    const buckets = oneToFive();
    buckets.record(seconds(1), 10);
    expect(buckets.average(seconds(4))).toBe(5);
    buckets.record(-seconds(1), 99);
    expect(buckets.average(seconds(4))).toBe(5);
  });

  it('rounds to six decimals', () => {
    const buckets = createBuckets(seconds(5));
    for (const second of [0, 1, 2]) buckets.record(seconds(second), second === 0 ? 1 : 0);
    expect(buckets.average(seconds(2))).toBe(0.333_333);
  });

  it('is empty before the first value and after a silence longer than itself', () => {
    expect(createBuckets(seconds(5)).isEmpty(0)).toBe(true);
    expect(oneToFive().isEmpty(seconds(9))).toBe(false);
    expect(oneToFive().isEmpty(seconds(10))).toBe(true);
  });
});
