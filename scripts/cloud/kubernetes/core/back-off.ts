/** The first wait before a container is started again; the very first restart waits for nothing. */
export const FIRST_WAIT_MS = 10_000;
/** The longest wait. */
export const LONGEST_WAIT_MS = 300_000;
/** A container that ran longer than this begins again without a wait. */
export const FORGIVEN_AFTER_MS = 2 * LONGEST_WAIT_MS;

/** What is remembered of a container that ended: all times are the platform's clock in milliseconds. */
export interface BackOffEntry {
  /** How long the next start has to wait after the last end. */
  readonly wait: number;
  /** When it was last started. */
  readonly started: number;
}

/**
 * What to remember when a container is started again after it ended at `ended`.
 *
 * @example nextWait({ wait: 10_000, started: 0 }, 5_000, 15_000) // { wait: 20_000, started: 15_000 }
 */
export function nextWait(
  entry: BackOffEntry | undefined,
  ended: number,
  now: number,
): BackOffEntry {
  const wait =
    entry === undefined || isForgiven(entry, ended)
      ? FIRST_WAIT_MS
      : Math.min(entry.wait * 2, LONGEST_WAIT_MS);
  return { wait, started: now };
}

/**
 * How much longer a container that ended at `ended` has to wait; 0 when it may start.
 *
 * @example remainingWait({ wait: 10_000, started: 0 }, 1_000, 4_000) // 7_000
 */
export function remainingWait(entry: BackOffEntry | undefined, ended: number, now: number): number {
  if (entry === undefined || isForgiven(entry, ended)) return 0;
  return Math.max(0, ended + entry.wait - now);
}

function isForgiven({ started }: BackOffEntry, ended: number): boolean {
  return ended - started > FORGIVEN_AFTER_MS;
}
