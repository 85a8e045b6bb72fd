import type { Clock } from './clock.ts';

/** What `withDeadline` answers when the work took too long. */
export const LATE = Symbol('late');

/**
 * Waits for work, but no longer than a number of milliseconds.
 *
 * @example if ((await withDeadline(clock, 3_000, instance.fetch(call))) === LATE) await instance.kill();
 */
export async function withDeadline<Result>(
  clock: Clock,
  milliseconds: number,
  work: Promise<Result>,
): Promise<Result | typeof LATE> {
  const { promise: late, resolve } = Promise.withResolvers<typeof LATE>();
  const cancel = clock.after(milliseconds, () => resolve(LATE));
  // The work goes on after a late answer; how it ends concerns nobody any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
