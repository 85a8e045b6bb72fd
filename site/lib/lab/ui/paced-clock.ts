import type { Clock } from '../../../../scripts/cloud/shared/clock.ts';

/** A clock whose speed can be changed while timers run. */
export interface PacedClock extends Clock {
  /** How many milliseconds pass here in one of the clock below; 0 stands still. */
  readonly pace: number;
  setPace(pace: number): void;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
  cancel: () => void;
}

/**
 * Follows another clock at a pace of its own, so that a reader can stop platform time or let it run.
 *
 * @example
 * const clock = createPacedClock(systemClock);
 * clock.after(5 * 60_000, reclaim);
 * clock.setPace(60); // reclaim is called in five seconds
 */
export function createPacedClock(base: Clock): PacedClock {
  const timers = new Set<Timer>();
  let pace = 1;
  let since = base.now();
  let passed = since;

  const now = (): number => passed + (base.now() - since) * pace;

  function schedule(timer: Timer): void {
    timer.cancel =
      pace === 0
        ? () => undefined
        : base.after(Math.max(0, timer.due - now()) / pace, () => {
            timers.delete(timer);
            timer.callback();
          });
  }

  return {
    now,
    get pace() {
      return pace;
    },
    after(delay, callback) {
      const timer: Timer = { due: now() + delay, callback, cancel: () => undefined };
      timers.add(timer);
      schedule(timer);
      return () => {
        timer.cancel();
        timers.delete(timer);
      };
    },
    setPace(changed) {
      passed = now();
      since = base.now();
      pace = changed;
      for (const timer of timers) {
        timer.cancel();
        schedule(timer);
      }
    },
  };
}
