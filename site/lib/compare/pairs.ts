import type { Stage } from '../../../scripts/stages/catalogue.ts';

export interface Pair {
  readonly from: Stage;
  readonly to: Stage;
}

/**
 * Every two stages, the earlier first: the pages of comparisons there are.
 *
 * @example allPairs(eightStages).length // 28
 */
export function allPairs(stages: readonly Stage[]): Pair[] {
  return stages.flatMap((from, index) => stages.slice(index + 1).map((to) => ({ from, to })));
}

/**
 * The pair that a click on a stage in the place of `from` or `to` leads to; none when both would be the same.
 * Whichever is later stands second, so every click has a page.
 *
 * @example pairWith(fifth, { keep: first })?.from.number // 1
 */
export function pairWith(stage: Stage, { keep }: { keep: Stage }): Pair | undefined {
  if (stage.number === keep.number) return undefined;
  return stage.number < keep.number ? { from: stage, to: keep } : { from: keep, to: stage };
}
