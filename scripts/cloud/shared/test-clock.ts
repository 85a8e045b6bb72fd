import { createSkippableClock, type SkippableClock } from './skippable-clock.ts';

/**
 * A clock that stands still until a test turns it.
 *
 * @example
 * const clock = createTestClock();
 * clock.after(1_000, ring);
 * await clock.skip(999); // silence
 * await clock.skip(1); // ring
 */
export function createTestClock(start = 0): SkippableClock {
  return createSkippableClock({ now: () => start, after: () => () => undefined });
}
