import { dirname, relative, resolve } from 'node:path';
import { EXIT } from '../shared/failure.ts';
import { findStage } from '../stages/catalogue.ts';
import { repositoryRoot } from '../stages/root.ts';
import { defineCommand } from './command.ts';

export default defineCommand({
  name: 'checkout',
  summary: 'Writes a copy of a stage that stands alone into a new folder.',
  usage: '<stage> [folder]',
  options: {
    history: {
      type: 'boolean',
      summary: 'Makes a git repository with a commit and a tag for each stage up to this one.',
    },
  },
  async run({ positionals: [name = '', folder], options, directory, stages, terminal }) {
    const stage = findStage(stages(), name);
    const target = folder === undefined ? beside(stage.id) : resolve(directory, folder);
    const { checkoutHistory, checkoutStage } = await import('../stages/checkout.ts');
    const upTo = stages().filter(({ number }) => number <= stage.number);
    await (options.history ? checkoutHistory(upTo, target) : checkoutStage(stage, target));
    const near = relative(directory, target);
    const shown = quoted(near.length < target.length ? near : target);
    terminal.print(`${stage.id} is in ${target}`);
    terminal.note(`Start it:  cd ${shown} && npm install && npm start`);
    const first = upTo[0];
    if (options.history && first && first !== stage) {
      terminal.note(
        `See steps: cd ${shown} && git diff stage-${upTo.at(-2)?.number} stage-${stage.number}`,
      );
    }
    return EXIT.fine;
  },
});

/** As a shell reads it as one word. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** Inside the repository a copy would find the course's own packages. */
function beside(id: string): string {
  return resolve(dirname(repositoryRoot()), id);
}
