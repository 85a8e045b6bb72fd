import type { Stage } from '../../../scripts/stages/catalogue.ts';
import type { Concern } from '../../../scripts/stages/schema.ts';
import type { ExplainedDiff } from './stage-diff.ts';

/** A step that is compared by concern; only files that were kept in part are shown line by line. */
export interface Rewrite {
  readonly concerns: readonly Concern[];
  readonly inCommon: readonly ExplainedDiff[];
}

/** Files that share less than this with what they were are as good as new. */
const LEAST_IN_COMMON = 0.5;

/**
 * How a rewrite is compared, or undefined for a step that is none.
 *
 * @example rewriteOf(seventh, eighth, explainDiff(seventh, eighth))?.inCommon.map(({ path }) => path) // ['src/serve.ts']
 */
export function rewriteOf(
  from: Pick<Stage, 'id'>,
  to: Pick<Stage, 'from' | 'concerns'>,
  diffs: readonly ExplainedDiff[],
): Rewrite | undefined {
  if (!to.concerns || to.from !== from.id) return undefined;
  return { concerns: to.concerns, inCommon: diffs.filter(hasMuchInCommon) };
}

/**
 * Whether a file is worth reading beside what it was: one that is new, gone or written anew is not.
 *
 * @example hasMuchInCommon({ status: 'A', ...diff }) // false
 */
export function hasMuchInCommon(diff: ExplainedDiff): boolean {
  if (diff.status === 'A' || diff.status === 'D') return false;
  if (diff.content !== 'text') return true;
  const lines = diff.hunks.flatMap((hunk) => hunk.lines);
  const same = lines.filter(({ kind }) => kind === 'same').length;
  // Nothing is left of a file whose name alone differs: it is the same.
  return (
    lines.length === 0 || same / (same + Math.max(diff.added, diff.removed)) >= LEAST_IN_COMMON
  );
}
