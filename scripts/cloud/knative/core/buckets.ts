import { BUCKET_MS } from './limits.ts';

/** Averages are rounded to so many decimals, so that sums of fractions come out even. */
const DECIMALS = 1e6;

/** Values of the last while, a bucket a second. */
export interface Buckets {
  /** Adds a value to the bucket of its second. */
  record(now: number, value: number): void;
  /** The average of a second over the window. */
  average(now: number): number;
  /** Whether nothing was recorded for the whole window. */
  isEmpty(now: number): boolean;
}

/**
 * A window of buckets that forgets as time passes. A value that comes late, but within the window, is added to
 * its own second. A window that has just begun is divided by the seconds it has seen and not by its length.
 *
 * @example
 * const buckets = createBuckets(5_000);
 * [1, 2, 3, 4, 5].forEach((value, second) => buckets.record(second * 1_000, value));
 * buckets.average(4_000) // 3
 */
export function createBuckets(window: number): Buckets {
  const count = Math.ceil(window / BUCKET_MS);
  const values = new Float64Array(count);
  let total = 0;
  let first: number | undefined;
  let last = Number.NEGATIVE_INFINITY;

  const bucketOf = (now: number): number => Math.floor(now / BUCKET_MS);
  /** Before the epoch `%` would answer with a negative index. */
  const slotOf = (bucket: number): number => ((bucket % count) + count) % count;
  const valueAt = (bucket: number): number => values[slotOf(bucket)] ?? 0;

  function begin(bucket: number): void {
    values.fill(0);
    total = 0;
    first = bucket;
    last = bucket;
  }

  function advance(bucket: number): void {
    for (let passed = last + 1; passed <= bucket; passed += 1) {
      total -= valueAt(passed);
      values[slotOf(passed)] = 0;
    }
    last = bucket;
  }

  return {
    record(now, value) {
      const bucket = bucketOf(now);
      if (first === undefined || bucket - last >= count) begin(bucket);
      else if (bucket > last) advance(bucket);
      else if (last - bucket >= count) return;
      first = Math.min(first ?? bucket, bucket);
      values[slotOf(bucket)] = valueAt(bucket) + value;
      total += value;
    },
    average(now) {
      const silent = Math.max(0, bucketOf(now) - last);
      if (first === undefined || silent >= count) return 0;
      let sum = total;
      for (let passed = last + 1; passed <= last + silent; passed += 1) sum -= valueAt(passed);
      const seen = Math.min(last - first + 1, count - silent);
      return Math.round((sum / seen) * DECIMALS) / DECIMALS;
    },
    isEmpty: (now) => bucketOf(now) - last > count,
  };
}
