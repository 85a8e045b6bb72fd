import type { LabFiles } from '../../../../scripts/lab/load.ts';
import { fill } from '../../fill.ts';
import type { LabWords } from './words.ts';

/**
 * What a tab does otherwise than where the stage is deployed, for readers to know; undefined when there is nothing.
 *
 * @example differenceOf(files, words) // 'There is no Docker in a tab. …'
 */
export function differenceOf(
  { payload: { sources, targets } }: Pick<LabFiles, 'payload'>,
  words: LabWords,
): string | undefined {
  if (targets.knative) return words.target.knativeHere;
  if (targets.kubernetes) return words.target.cluster;
  if (!targets.process || sources['Dockerfile'] === undefined) return undefined;
  return fill(words.target.noDocker, { entry: targets.process.entry });
}
