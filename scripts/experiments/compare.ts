import { diffArrays } from 'diff';
import { outline } from './outline.ts';
import type { Recording } from './recording.ts';

/**
 * How two runs of one experiment differ in verdict and causal order: `- ` before what only the first
 * did, `+ ` before what only the second did. Empty when they did the same.
 *
 * @example
 * compareRecordings(recorded, replayed) // ['- todos in the list: 1, expected 1', '+ todos in the list: 0, expected 1']
 */
export function compareRecordings(
  recorded: Pick<Recording, 'verdict' | 'entries'>,
  replayed: Pick<Recording, 'verdict' | 'entries'>,
): string[] {
  return diffArrays(outline(recorded), outline(replayed)).flatMap(({ value, added, removed }) => {
    if (!added && !removed) return [];
    return value.map((line) => `${added ? '+' : '-'} ${line}`);
  });
}
