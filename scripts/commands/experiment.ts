import type { Tint, Tone } from '../experiments/index.ts';
import { EXIT } from '../shared/failure.ts';
import type { Style, Terminal } from '../shared/terminal.ts';
import { findStage } from '../stages/catalogue.ts';
import type { Stage } from '../stages/catalogue.ts';
import { chooseTarget } from './choose-target.ts';
import { defineCommand } from './command.ts';

const STYLES: Readonly<Record<Exclude<Tone, 'plain'>, Style>> = {
  heading: 'bold',
  quiet: 'dim',
  good: 'green',
  bad: 'red',
};

const command = defineCommand({
  name: 'experiment',
  summary: "Lists a stage's experiments, or runs one: what it does, what it sees, and the verdict.",
  usage: '<stage> [name] [target]',
  options: { json: { type: 'boolean', summary: 'Prints the list or the recorded run as JSON.' } },
  async run({ positionals: [number = '', name, wanted], options, stages, terminal }) {
    const stage = findStage(stages(), number);
    if (name === undefined) return list(stage, options.json, terminal);
    const target = wanted === undefined ? undefined : chooseTarget(stage, wanted, command);
    const { loadExperiment, performExperiment, entryText } =
      await import('../experiments/index.ts');
    const { whenBrokenOff } = await import('./broken-off.ts');
    const { title, hypothesis, conclusion } = await loadExperiment(stage, name);
    const tint = tintFor(terminal);
    if (!options.json) {
      terminal.print(tint('heading', title.en));
      terminal.print(`Hypothesis: ${hypothesis.en}\n`);
    }

    let stop = async (): Promise<void> => {};
    let stopping = false;
    const callOff = whenBrokenOff(() => {
      stopping = true;
      return stop();
    });
    try {
      const recording = await performExperiment(stage, name, {
        say: terminal.note,
        ...(target && { target }),
        onStart: (end) => (stop = end),
        onEntry(entry) {
          const line = options.json ? undefined : entryText(entry, tint);
          if (line !== undefined) terminal.print(line);
        },
      });
      const confirmed = recording.verdict === 'confirmed';
      if (options.json) terminal.print(JSON.stringify(recording, null, 2));
      else {
        terminal.print(
          `\n${tint(confirmed ? 'good' : 'bad', `${recording.verdict}.`)} ${conclusion.en}`,
        );
      }
      return confirmed ? EXIT.fine : EXIT.checkFailed;
    } catch (error) {
      // Ctrl-C pulled the stage away from under the experiment.
      if (stopping) return EXIT.checkFailed;
      throw error;
    } finally {
      callOff();
    }
  },
});
export default command;

async function list(stage: Stage, json: boolean, terminal: Terminal): Promise<number> {
  const { listExperiments, loadExperiment, readRecording } =
    await import('../experiments/index.ts');
  const rows = await Promise.all(
    listExperiments(stage).map(async (name) => {
      const { title, target, hypothesis } = await loadExperiment(stage, name);
      return {
        name,
        target,
        title,
        hypothesis,
        recorded: readRecording(stage, name)?.verdict ?? null,
      };
    }),
  );
  if (json) terminal.print(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) terminal.print(`Stage ${stage.number} has no experiments.`);
  for (const { name, target, title, hypothesis, recorded } of json ? [] : rows) {
    terminal.print(
      `${terminal.paint('bold', name)}  on ${target}, ${recorded ?? 'not recorded yet'}`,
    );
    terminal.print(`   ${title.en}`);
    terminal.print(`   Hypothesis: ${hypothesis.en}`);
  }
  if (!json && rows[0]) {
    terminal.print(`\nRun one: npm run stage experiment ${stage.number} ${rows[0].name}`);
  }
  return EXIT.fine;
}

function tintFor(terminal: Terminal): Tint {
  return (tone, text) => (tone === 'plain' ? text : terminal.paint(STYLES[tone], text));
}
