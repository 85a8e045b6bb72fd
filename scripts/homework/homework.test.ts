import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findStage, readStages } from '../stages/catalogue.ts';
import type { Stage } from '../stages/catalogue.ts';
import { copyStage } from '../stages/copy.ts';
import { installStage } from '../stages/install.ts';
import { makeTemporaryFolder } from '../stages/temporary.ts';
import { rm } from 'node:fs/promises';
import { checkTask } from './check.ts';
import { applyEdits, byFile } from './edits.ts';
import { expectCopy } from './folder.ts';
import type { Edit, Task } from './task.ts';
import { TASKS, tasksOf } from './tasks.ts';

/** Answers that look right at first, and the step that must say what is wrong with them. */
const WRONG: Readonly<Record<string, { step: number; edits(solution: readonly Edit[]): Edit[] }>> =
  {
    // The same name for everybody.
    'which-instance': { step: 2, edits: replaced('randomUUID().slice(0, 8)', "'one'") },
    // Never well.
    'honest-health': { step: 0, edits: replaced('await todos.check()', 'throw new Error()') },
    // The table is away, and the todo is said to be unknown.
    'one-todo': {
      step: 2,
      edits: replaced(
        'await todos.find(request.params.key)',
        'await todos.find(request.params.key).catch(() => undefined)',
      ),
    },
    // Nobody writes any more.
    'sign-everybody-out': { step: 0, edits: replaced('>= from', '< from') },
    // Every new version sends the packages again.
    'which-version': {
      step: 3,
      edits: (solution) =>
        solution.map((edit) =>
          edit.file === 'Dockerfile'
            ? {
                file: 'Dockerfile',
                find: 'ENV NODE_ENV=production PORT=3001\n',
                put: 'ARG VERSION=unknown\nENV NODE_ENV=production PORT=3001 VERSION=$VERSION\n',
              }
            : edit,
        ),
    },
    // A name that is written down.
    'which-pod': {
      step: 1,
      edits: replaced(
        'valueFrom:\n                fieldRef:\n                  fieldPath: metadata.name',
        'value: todo',
      ),
    },
    // Asleep whenever it is asked.
    'one-in-ten': { step: 1, edits: replaced("min-scale: '1'", "min-scale: '0'") },
    // As many as a page has.
    count: { step: 0, edits: replaced('{ total }', '{ data: { length: total } }') },
  };

function replaced(from: string, to: string): (solution: readonly Edit[]) => Edit[] {
  return (solution) => solution.map((edit) => ({ ...edit, put: edit.put.replace(from, () => to) }));
}

/** A copy as a reader takes it, with the edits made and the packages of the stage. */
async function copyWith(stage: Stage, edits: readonly Edit[]): Promise<string> {
  await installStage(stage.directory);
  const folder = makeTemporaryFolder('homework');
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  copyStage(stage, folder);
  symlinkSync(join(stage.directory, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, changes] of byFile(edits)) {
    const path = join(folder, file);
    writeFileSync(path, applyEdits(readFileSync(path, 'utf8'), changes));
  }
  return folder;
}

async function outcomes(task: Task, edits: readonly Edit[]): Promise<string[]> {
  const stage = findStage(readStages(), String(task.stage));
  const results = await checkTask(task, stage, await copyWith(stage, edits));
  return results.map(({ outcome, reason }) => (reason ? `${outcome}: ${reason}` : outcome));
}

describe.each(TASKS.map((task) => [task.name, task] as const))(
  'homework %s',
  // Stages are built and started, several times.
  { timeout: 180_000 },
  (name, task) => {
    it('takes the solution for right', async () => {
      expect(await outcomes(task, task.solution)).toEqual(task.steps.map(() => 'passed'));
    });

    it('does not take the stage as it is for done', async () => {
      const found = await outcomes(task, []);
      expect(found.find((each) => each.startsWith('failed'))).toMatch(/expected/);
    });

    it('says what is wrong with an answer that is nearly right', async () => {
      const wrong = WRONG[name]!;
      const edits = wrong.edits(task.solution);
      expect(edits).not.toEqual(task.solution);
      const found = await outcomes(task, edits);
      expect(found.findIndex((each) => each.startsWith('failed'))).toBe(wrong.step);
      expect(found.slice(wrong.step + 1)).toEqual(found.slice(wrong.step + 1).map(() => 'skipped'));
    });
  },
);

it('knows the homework of each stage', () => {
  expect(tasksOf(3).map(({ name }) => name)).toEqual(['one-todo']);
  expect(new Set(TASKS.map(({ name }) => name)).size).toBe(TASKS.length);
});

it('names the folder that is no copy of the stage', () => {
  const [first, second] = readStages();
  expect(() => expectCopy(second!, first!.directory)).toThrow(
    /expected a copy of stage 2 .* found serverless-evolution-01/,
  );
  expect(() => expectCopy(first!, '/nowhere')).toThrow(/no package\.json/);
  expect(() => expectCopy(first!, first!.directory)).not.toThrow();
});

it('does not apply a solution to a stage that has moved on', () => {
  const edit = { file: 'app.ts', find: 'b', put: 'c' };
  expect(applyEdits('a b', [edit])).toBe('a c');
  expect(() => applyEdits('a', [edit])).toThrow(/expected "b" once, found it 0 times/);
});
