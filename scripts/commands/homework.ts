import { resolve } from 'node:path';
import { EXIT, Failure } from '../shared/failure.ts';
import { findStage } from '../stages/catalogue.ts';
import { defineCommand } from './command.ts';
import { whenBrokenOff } from './broken-off.ts';

const MARKS = { passed: '✓', failed: '✗', skipped: '-' } as const;

export default defineCommand({
  name: 'homework',
  summary:
    "Tries a stage's homework on your copy of it, or on the stage's own folder, and says what holds.",
  usage: '<stage> [folder]',
  options: {
    solution: { type: 'boolean', summary: 'Tries nothing; prints one solution as a patch.' },
    json: { type: 'boolean', summary: 'Prints the steps as an array, for programs.' },
  },
  async run({ positionals: [name = '', folder], options, stages, terminal, directory }) {
    const stage = findStage(stages(), name);
    const { tasksOf } = await import('../homework/tasks.ts');
    const { checkTask } = await import('../homework/check.ts');
    const { expectCopy } = await import('../homework/folder.ts');
    const tasks = tasksOf(stage.number);
    if (tasks.length === 0) {
      throw new Failure('E_HOMEWORK_NONE', `stage ${stage.number} has no homework.`, EXIT.usage);
    }
    if (options.solution) {
      const { solutionDiffs } = await import('../homework/solution.ts');
      const { patchOf } = await import('./diff-text.ts');
      // `patch -p1` and `git apply` take it in the reader's copy.
      for (const file of tasks.flatMap((task) => solutionDiffs(stage, task)))
        for (const line of patchOf(file, { id: 'a' }, { id: 'b' }, undefined, terminal.paint))
          terminal.print(line);
      return EXIT.fine;
    }
    const copy = folder === undefined ? stage.directory : resolve(directory, folder);
    expectCopy(stage, copy);
    let stop = async (): Promise<void> => {};
    let stopping = false;
    const callOff = whenBrokenOff(() => {
      stopping = true;
      return stop();
    });
    const rows: object[] = [];
    let failed = false;
    try {
      for (const task of tasks) {
        if (!options.json) terminal.print(terminal.paint('bold', task.title.en));
        await checkTask(task, stage, copy, {
          say: terminal.note,
          onStart: (end) => (stop = end),
          onStep({ says, outcome, reason }) {
            rows.push({ task: task.name, says: says.en, outcome, reason });
            failed ||= outcome !== 'passed';
            if (options.json) return;
            const style = { passed: 'green', failed: 'red', skipped: 'dim' } as const;
            terminal.print(`${terminal.paint(style[outcome], MARKS[outcome])} ${says.en}`);
            if (reason !== undefined) terminal.print(`    ${reason}`);
          },
        });
      }
    } catch (error) {
      if (stopping) return EXIT.checkFailed;
      throw error;
    } finally {
      callOff();
    }
    if (options.json) terminal.print(JSON.stringify(rows, null, 2));
    else if (failed)
      terminal.print(
        `\nHints are at the end of stage ${stage.number}'s lesson. One solution: npm run -s stage -- homework ${stage.number} --solution`,
      );
    return failed ? EXIT.checkFailed : EXIT.fine;
  },
});
