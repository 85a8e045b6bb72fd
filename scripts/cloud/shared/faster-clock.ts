import type { Clock } from './clock.ts';

/**
 * Runs so many times as fast as another clock, from the moment it is made. Platform windows follow it when a
 * reader wants a minute to pass in six seconds.
 *
 * @example createSkippableClock(createFasterClock(systemClock, 10))
 */
export function createFasterClock(base: Clock, speed: number): Clock {
  const begun = base.now();
  return {
    now: () => begun + (base.now() - begun) * speed,
    after: (delay, callback) => base.after(delay / speed, callback),
  };
}
