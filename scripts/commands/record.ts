import type { Replay } from '../experiments/index.ts';
import { EXIT } from '../shared/failure.ts';
import { columns } from '../shared/terminal.ts';
import { findStage } from '../stages/catalogue.ts';
import { defineCommand } from './command.ts';
import { misused } from './line.ts';

const SAYS: Readonly<Record<Replay['outcome'], string>> = {
  same: 'as recorded',
  written: 'recorded',
  skipped: 'left out: its target is not on this machine',
  changed: 'does not do what was recorded',
  missing: 'was never recorded',
  refuted: 'refuted, so not recorded',
  broken: 'broke off',
};
const FINE: readonly Replay['outcome'][] = ['same', 'written', 'skipped'];

const command = defineCommand({
  name: 'record',
  summary:
    'Runs experiments again and writes the recordings that the course shows, where they changed.',
  usage: '[stage...]',
  options: {
    check: {
      type: 'boolean',
      summary: 'Writes nothing; fails when a run differs from its recording.',
    },
    all: { type: 'boolean', summary: 'Writes every recording, even when only its times changed.' },
    json: { type: 'boolean', summary: 'Prints a row per experiment, for programs.' },
  },
  async run({ positionals, options, stages, terminal }) {
    if (options.check && options.all)
      throw misused('--check writes nothing, --all everything.', command);
    const known = stages();
    const wanted =
      positionals.length > 0 ? positionals.map((name) => findStage(known, name)) : known;
    const { replayStage } = await import('../experiments/index.ts');
    const { whenBrokenOff } = await import('./broken-off.ts');

    let stop = async (): Promise<void> => {};
    let stopping = false;
    const callOff = whenBrokenOff(() => {
      stopping = true;
      return stop();
    });
    const rows: Replay[] = [];
    for (const stage of wanted) {
      const replays = replayStage(stage, {
        write: options.check ? 'compare' : options.all ? 'all' : 'changes',
        say: terminal.note,
        onStart: (end) => (stop = end),
      });
      for await (const row of replays) {
        if (stopping) return EXIT.checkFailed;
        rows.push(row);
        terminal.note(`${row.stage} ${row.experiment}: ${SAYS[row.outcome]}`);
      }
    }
    callOff();

    if (options.json) terminal.print(JSON.stringify(rows, null, 2));
    else {
      const table = columns(
        rows.map(({ stage, experiment, seconds, outcome }) => [
          stage,
          experiment,
          `${seconds.toFixed(1)} s`,
          SAYS[outcome],
        ]),
      );
      rows.forEach(({ outcome, differences }, index) => {
        const style = FINE.includes(outcome) ? 'green' : 'red';
        terminal.print(terminal.paint(style, table[index] ?? ''));
        for (const difference of differences) terminal.print(`    ${difference}`);
      });
    }
    return rows.every(({ outcome }) => FINE.includes(outcome)) ? EXIT.fine : EXIT.checkFailed;
  },
});
export default command;
