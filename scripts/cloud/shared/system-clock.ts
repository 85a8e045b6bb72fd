import type { Clock } from './clock.ts';

/**
 * The machine's own time; the one place where the local cloud touches it.
 *
 * @example const cancel = systemClock.after(1_000, () => process.kill('SIGKILL'));
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, callback) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};
