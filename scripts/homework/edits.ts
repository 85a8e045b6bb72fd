import { Failure } from '../shared/failure.ts';
import type { Edit } from './task.ts';

/**
 * A text after its edits. One whose place is not there, or is there twice, is a fault: the stage has moved on.
 *
 * @example applyEdits('a b', [{ file: 'x', find: 'b', put: 'c' }]) // 'a c'
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduce((current, { file, find, put }) => {
    const count = current.split(find).length - 1;
    if (count === 1) return current.replace(find, () => put);
    throw new Failure(
      'E_HOMEWORK_EDIT',
      `${file}: expected "${find.split('\n')[0]}" once, found it ${count} times. Mend the solution in scripts/homework/tasks.`,
    );
  }, text);
}

/** The edits of each file, in order. */
export function byFile(edits: readonly Edit[]): Map<string, Edit[]> {
  return Map.groupBy(edits, ({ file }) => file);
}
