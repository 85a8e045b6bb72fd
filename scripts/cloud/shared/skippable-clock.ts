import type { Clock } from './clock.ts';

/** A clock that can be put forward: what falls due on the way happens, in order. */
export interface SkippableClock extends Clock {
  /** Puts the clock forward; resolves when every callback that fell due has been called. */
  skip(milliseconds: number): Promise<void>;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
  cancel: () => void;
}

/**
 * Follows another clock, plus all that was skipped. Platform windows (idle reclaim) run on it, so
 * that five minutes pass at once when a reader asks for it.
 *
 * @example
 * const clock = createSkippableClock(systemClock);
 * clock.after(5 * 60_000, reclaim);
 * await clock.skip(10 * 60_000); // reclaim has been called, with clock.now() five minutes on
 */
export function createSkippableClock(base: Clock): SkippableClock {
  const timers = new Set<Timer>();
  let skipped = 0;

  const now = (): number => base.now() + skipped;

  const fire = (timer: Timer): void => {
    timer.cancel();
    timer.callback();
  };

  const schedule = (timer: Timer): void => {
    const cancel = base.after(Math.max(0, timer.due - now()), () => fire(timer));
    timer.cancel = () => {
      cancel();
      timers.delete(timer);
    };
    timers.add(timer);
  };

  return {
    now,
    after(delay, callback) {
      const timer: Timer = { due: now() + delay, callback, cancel: () => undefined };
      schedule(timer);
      return () => timer.cancel();
    },
    async skip(milliseconds) {
      const target = now() + milliseconds;
      for (let timer = first(timers); timer && timer.due <= target; timer = first(timers)) {
        skipped += Math.max(0, timer.due - now());
        fire(timer);
        // Lets promises that the callback settled run before the next one, as real time would.
        await Promise.resolve();
      }
      skipped += Math.max(0, target - now());
      for (const timer of [...timers]) {
        timer.cancel();
        schedule(timer);
      }
    },
  };
}

/** The timer that falls due first; of equals the one that was set first, since a Set keeps order. */
function first(timers: Iterable<Timer>): Timer | undefined {
  let found: Timer | undefined;
  for (const timer of timers) if (!found || timer.due < found.due) found = timer;
  return found;
}
