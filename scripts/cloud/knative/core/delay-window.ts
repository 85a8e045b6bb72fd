import { TICK_MS } from './limits.ts';

/** A decision that may still hold pods back from going: those after it were lower. */
export interface Held {
  /** The tick in which it was taken. */
  readonly tick: number;
  readonly pods: number;
}

/**
 * Adds a decision to those of a window; the first of the answer is the highest within it. Of two in one tick
 * the higher counts.
 *
 * @example
 * const held = hold([], 4, 300_000, 2_000);
 * hold(held, 0, 300_000, 300_000)[0]?.pods // 4
 */
export function hold(
  held: readonly Held[],
  pods: number,
  window: number,
  now: number,
): readonly Held[] {
  const tick = Math.floor(now / TICK_MS);
  const ticks = Math.ceil(window / TICK_MS);
  const higher = held.filter((each) => each.pods > pods && tick - each.tick < ticks);
  if (higher.at(-1)?.tick === tick) return higher;
  return [...higher, { tick, pods }];
}
