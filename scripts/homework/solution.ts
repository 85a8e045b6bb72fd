import type { Stage } from '../stages/catalogue.ts';
import { diffFiles } from '../stages/diff.ts';
import type { FileDiff } from '../stages/diff.ts';
import { readFiles } from '../stages/files.ts';
import { stripRegions } from '../stages/regions.ts';
import { applyEdits, byFile } from './edits.ts';
import type { Task } from './task.ts';

const CONTEXT = 3;

/**
 * A task's solution as differences to the files of a reader's copy, which has no region markers.
 *
 * @example solutionDiffs(third, oneTodo).map(({ path }) => path) // ['controllers/rule.ts', ...]
 */
export function solutionDiffs(stage: Pick<Stage, 'directory'>, task: Task): FileDiff[] {
  const files = readFiles(stage.directory);
  const edited = [...byFile(task.solution)].map(([path, edits]) => {
    const before = stripRegions(files.get(path)?.toString() ?? '');
    return { path, before, after: applyEdits(before, edits) };
  });
  const side = (text: (file: (typeof edited)[number]) => string) =>
    new Map(edited.map((file) => [file.path, Buffer.from(text(file))]));
  return diffFiles(
    side(({ before }) => before),
    side(({ after }) => after),
    { context: CONTEXT, renames: [] },
  );
}
