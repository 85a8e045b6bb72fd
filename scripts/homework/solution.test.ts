import { rm } from 'node:fs/promises';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { patchOf } from '../commands/diff-text.ts';
import { readStages } from '../stages/catalogue.ts';
import { copyStage } from '../stages/copy.ts';
import { makeTemporaryFolder } from '../stages/temporary.ts';
import { solutionDiffs } from './solution.ts';
import { TASKS } from './tasks.ts';

it.each(TASKS.map((task) => [task.name, task] as const))(
  'prints the solution of %s as a patch that fits a copy',
  async (_, task) => {
    const stage = readStages().find(({ number }) => number === task.stage)!;
    const diffs = solutionDiffs(stage, task);
    expect(diffs.map(({ path }) => path).toSorted()).toEqual(
      [...new Set(task.solution.map(({ file }) => file))].toSorted(),
    );
    const folder = makeTemporaryFolder('solution');
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    copyStage(stage, folder);
    const patch = diffs.flatMap((diff) =>
      patchOf(diff, { id: 'a' }, { id: 'b' }, undefined, (__, text) => text),
    );
    await execa('git', ['init', '--quiet'], { cwd: folder });
    const { stdout } = await execa('git', ['apply', '--verbose', '--numstat', '--apply', '-'], {
      cwd: folder,
      input: `${patch.join('\n')}\n`,
    });
    expect(stdout.split('\n')).toHaveLength(diffs.length);
  },
);
