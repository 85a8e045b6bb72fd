import type { Clock } from '../../shared/clock.ts';
import { type BackOffEntry, nextWait, remainingWait } from '../core/back-off.ts';
import type { BackOff } from './webernetes.ts';

export interface BackOffOptions {
  /** The platform's clock, which a reader may put forward. */
  readonly clock: Clock;
  /** Real milliseconds: the times that the kubelet hands in. */
  realNow(): number;
  /** Called when something that had to wait may be tried again. */
  onOver(): void;
}

/** A back-off whose last waits nobody has to sit out. */
export interface StoppableBackOff extends BackOff {
  stop(): void;
}

/**
 * The kubelet's back-off on the platform's clock: five minutes of waiting can be skipped while probes go on in
 * real time.
 *
 * @example kubelet.crashLoopBackOff = createBackOff({ clock, realNow: () => cluster.clock.nowMs(), onOver: resync });
 */
export function createBackOff({ clock, realNow, onOver }: BackOffOptions): StoppableBackOff {
  const entries = new Map<string, BackOffEntry>();
  /** Real time of an end -> the platform's: what is skipped later must count. */
  const ends = new Map<string, { real: number; at: number }>();
  const timers = new Map<string, () => void>();
  let stopped = false;

  const endOf = (id: string, ended: Date): number => {
    const real = ended.getTime();
    const known = ends.get(id);
    if (known?.real === real) return known.at;
    const at = clock.now() - Math.max(0, realNow() - real);
    ends.set(id, { real, at });
    return at;
  };

  const remaining = (id: string, ended: number): number =>
    remainingWait(entries.get(id), ended, clock.now());

  const isWaiting = (id: string, ended: number): boolean => {
    const wait = remaining(id, ended);
    timers.get(id)?.();
    timers.delete(id);
    if (wait === 0) return false;
    if (!stopped) timers.set(id, clock.after(wait, onOver));
    return true;
  };

  const forget = (id: string): void => {
    timers.get(id)?.();
    timers.delete(id);
    entries.delete(id);
    ends.delete(id);
  };

  return {
    get: (id) => entries.get(id)?.wait ?? 0,
    next(id, ended) {
      entries.set(id, nextWait(entries.get(id), endOf(id, ended), clock.now()));
    },
    isInBackOffSince: (id, ended) => isWaiting(id, endOf(id, ended)),
    // An image's wait begins when it was last tried.
    isInBackOffSinceUpdate: (id) => isWaiting(id, entries.get(id)?.started ?? 0),
    reset: forget,
    deleteEntry: forget,
    gc: () => undefined,
    stop() {
      stopped = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
