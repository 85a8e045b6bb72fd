/** An instance as far as the pool has to know it. */
export interface Member {
  readonly id: string;
  readonly state: 'starting' | 'idle' | 'busy' | 'stopping';
  /** When it answered its last request, in milliseconds of the platform's clock. */
  readonly idleSince: number;
}

export type Decision =
  | { readonly kind: 'reuse'; readonly id: string }
  | { readonly kind: 'start' }
  | { readonly kind: 'throttle'; readonly limit: number };

/**
 * Who takes the next request. An instance of a built-in runtime takes one at a time: an idle one if there
 * is any, the one that was used last, so that the others can be reclaimed; else a new one, up to the cap.
 *
 * @example decide([{ id: 'web-1', state: 'busy', idleSince: 0 }], 1) // { kind: 'throttle', limit: 1 }
 */
export function decide(members: readonly Member[], cap: number): Decision {
  const idle = members
    .filter(({ state }) => state === 'idle')
    .toSorted((a, b) => b.idleSince - a.idleSince)[0];
  if (idle) return { kind: 'reuse', id: idle.id };
  const running = members.filter(({ state }) => state !== 'stopping').length;
  return running < cap ? { kind: 'start' } : { kind: 'throttle', limit: cap };
}

/**
 * Which instances have been idle for the whole window.
 *
 * @example reclaim([{ id: 'web-1', state: 'idle', idleSince: 0 }], 300_000, 300_000) // ['web-1']
 */
export function reclaim(members: readonly Member[], window: number, now: number): string[] {
  return members
    .filter(({ state, idleSince }) => state === 'idle' && now - idleSince >= window)
    .map(({ id }) => id);
}

/**
 * When the next idle instance has been idle for the whole window, or undefined when none is idle.
 *
 * @example nextReclaim([{ id: 'web-1', state: 'idle', idleSince: 1_000 }], 300_000) // 301_000
 */
export function nextReclaim(members: readonly Member[], window: number): number | undefined {
  const due = members
    .filter(({ state }) => state === 'idle')
    .map(({ idleSince }) => idleSince + window);
  return due.length > 0 ? Math.min(...due) : undefined;
}
