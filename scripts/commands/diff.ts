import { EXIT, Failure } from '../shared/failure.ts';
import { findStage, lookUpStage, parentOf } from '../stages/catalogue.ts';
import type { Stage } from '../stages/catalogue.ts';
import type { FileDiff } from '../stages/diff.ts';
import { listFiles } from '../stages/files.ts';
import { defineCommand } from './command.ts';
import { patchOf, statOf } from './diff-text.ts';
import { misused } from './line.ts';

const command = defineCommand({
  name: 'diff',
  summary: 'Shows what differs between two stages, or between a stage and its parent.',
  usage: '<stage> [stage] [path]',
  options: {
    stat: { type: 'boolean', summary: 'Shows a line for each file.' },
    json: { type: 'boolean', summary: 'Prints the files with their hunks, for programs.' },
  },
  async run({ positionals, options, stages, terminal }) {
    const { before, after, path } = choose(stages(), positionals);
    const { diffStages } = await import('../stages/diff.ts');
    const files = diffStages(before, after).filter((file) => isWithin(file, path));
    if (files.length === 0 && path !== undefined) checkPath(path, before, after);
    if (options.json) {
      terminal.print(JSON.stringify({ before: before.id, after: after.id, files }, null, 2));
    } else if (files.length === 0) {
      terminal.note(`${path ?? 'Everything'} is the same in ${before.id} and ${after.id}.`);
    } else if (options.stat) {
      for (const line of statOf(files, terminal.paint)) terminal.print(line);
    } else {
      const reasons = after.from === before.id ? after.changes : [];
      for (const file of files) {
        const why = reasons.find((change) => change.path === file.path)?.reason.en;
        for (const line of patchOf(file, before, after, why, terminal.paint)) terminal.print(line);
      }
    }
    return EXIT.fine;
  },
});
export default command;

interface Choice {
  readonly before: Stage;
  readonly after: Stage;
  readonly path: string | undefined;
}

/** `diff 2`, `diff 2 index.ts`, `diff 1 2`, `diff 1 2 index.ts`. */
function choose(stages: readonly Stage[], [first = '', second, third]: readonly string[]): Choice {
  const one = findStage(stages, first);
  const two = second === undefined ? undefined : lookUpStage(stages, second);
  if (two) return { before: one, after: two, path: third };
  // A word that is no stage must be a path, unless a path follows it.
  if (third !== undefined || /^\d+$/.test(second ?? '')) findStage(stages, second ?? '');
  const parent = parentOf(stages, one);
  if (!parent) {
    throw misused(
      `Stage ${one.number} has no parent; name the stage to compare with: npm run stage diff 1 2.`,
      command,
    );
  }
  return { before: parent, after: one, path: second };
}

function isWithin(file: FileDiff, path: string | undefined): boolean {
  if (path === undefined) return true;
  const wanted = path.replace(/^\.\//, '').replace(/\/$/, '');
  return [file.path, file.was].some((each) => each === wanted || each?.startsWith(`${wanted}/`));
}

function checkPath(path: string, ...stages: readonly Stage[]): void {
  const wanted = path.replace(/^\.\//, '').replace(/\/$/, '');
  const known = stages.flatMap(({ directory }) => listFiles(directory));
  if (known.some((each) => each === wanted || each.startsWith(`${wanted}/`))) return;
  const [before, after] = stages.map(({ id }) => id);
  throw new Failure(
    'E_PATH_UNKNOWN',
    `neither ${before} nor ${after} has "${path}". Paths start at the stage's folder, as in "npm run stage diff 1 2 index.ts"; stages are in "npm run stage list".`,
    EXIT.usage,
  );
}
