import type { Clock } from '../../shared/clock.ts';

/** How often a worker is asked for a sign of life, in milliseconds. */
export const BEAT_MS = 1_000;

/** Hears signs of life, and can be ended. */
export interface Heartbeat {
  beat(): void;
  stop(): void;
}

/**
 * Calls back once when nothing has been heard for a number of beats: a program that spins in a loop answers
 * nothing any more. Beats are counted, not time: a page that was asleep itself has no right to complain.
 *
 * @example const heart = createHeartbeat({ clock, beats: 5, ask: () => worker.postMessage({ type: 'ping' }), onSilence });
 */
export function createHeartbeat(options: {
  readonly clock: Clock;
  readonly beats: number;
  ask(): void;
  onSilence(): void;
}): Heartbeat {
  const { clock, beats, ask, onSilence } = options;
  let silent = 0;
  const tick = (): (() => void) =>
    clock.after(BEAT_MS, () => {
      if (silent >= beats) return onSilence();
      silent += 1;
      ask();
      cancel = tick();
    });
  let cancel = tick();
  return {
    beat: () => void (silent = 0),
    stop: () => cancel(),
  };
}
