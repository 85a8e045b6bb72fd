import { expect, it } from 'vitest';
import { TASKS } from '../../scripts/homework/tasks.ts';
import { readStages } from '../../scripts/stages/catalogue.ts';
import { solutionDiffs } from './homework.ts';

it.each(TASKS.map((task) => [task.name, task] as const))(
  'shows every file that the solution of %s changes',
  (_, task) => {
    const stage = readStages().find(({ number }) => number === task.stage)!;
    const diffs = solutionDiffs(stage, task);
    expect(diffs.map(({ path }) => path).toSorted((a, b) => a.localeCompare(b))).toEqual(
      [...new Set(task.solution.map(({ file }) => file))].toSorted((a, b) => a.localeCompare(b)),
    );
    for (const { added } of diffs) expect(added).toBeGreaterThan(0);
  },
);
