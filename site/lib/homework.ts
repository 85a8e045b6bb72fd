import { applyEdits, byFile } from '../../scripts/homework/edits.ts';
import type { Task } from '../../scripts/homework/task.ts';
import { diffFiles } from '../../scripts/stages/diff.ts';
import { readFiles } from '../../scripts/stages/files.ts';
import { stripRegions } from '../../scripts/stages/regions.ts';
import type { Stage } from '../../scripts/stages/catalogue.ts';
import type { TextDiff } from './diff/render-file.ts';

/**
 * A task's solution as differences to the stage's files.
 *
 * @example solutionDiffs(third, oneTodo).map(({ path }) => path) // ['controllers/rule.ts', ...]
 */
export function solutionDiffs(stage: Pick<Stage, 'directory'>, task: Task): TextDiff[] {
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
    { context: Infinity, renames: [] },
  ).filter((diff) => diff.content === 'text');
}
