import type { Stage } from '../../../scripts/stages/catalogue.ts';

/**
 * Every stage with the one it was made from: the pages of differences there are.
 *
 * @example neighbours(stages).map(({ from, to }) => `${from.id} → ${to.id}`) // ['01-all-in-one → 02-file-db']
 */
export function neighbours(
  stages: readonly Stage[],
): { readonly from: Stage; readonly to: Stage }[] {
  return stages.flatMap((to) => {
    const from = stages.find(({ id }) => id === to.from);
    return from ? [{ from, to }] : [];
  });
}
