import type { Row } from './rows.ts';

/**
 * Whether a figure is worse than that of the stage before: by more than two runs of the same thing differ.
 *
 * @example isWorse({ worse: { by: 50, share: 0.25 } }, 194, 2) // true
 */
export function isWorse(
  { worse }: Pick<Row, 'worse'>,
  value: number | null | undefined,
  before: number | null | undefined,
): boolean {
  if (!worse || typeof value !== 'number' || typeof before !== 'number') return false;
  const more = value - before;
  return more >= worse.by && more > before * worse.share;
}
