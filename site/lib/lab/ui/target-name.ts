import type { LabTarget } from '../../../../scripts/lab/payload.ts';
import type { LabWords } from './words.ts';

/**
 * What a target is called: a function by its cloud, where the stage runs on two.
 *
 * @example targetName('fc', ['process', 'fc', 'scf'], labWords('en')) // 'a function on Alibaba Cloud'
 */
export function targetName(
  target: LabTarget,
  all: readonly LabTarget[],
  { target: words }: LabWords,
): string {
  return target === 'fc' && all.includes('scf') ? words.fcBesideScf : words[target];
}
