import { EXIT } from '../shared/failure.ts';
import { columns } from '../shared/terminal.ts';
import { defineCommand } from './command.ts';

/** The reader puts a mirror of their own in its place. */
const MIRROR = 'm.example.com';

export default defineCommand({
  name: 'doctor',
  summary: 'Tells which targets this machine can run, and how to get the rest.',
  usage: '',
  options: { json: { type: 'boolean', summary: 'Prints targets and tools, for programs.' } },
  async run({ options, stages, terminal }) {
    const { availabilityFor, availableTargets } = await import('../targets/availability.ts');
    const { findTools } = await import('./tools.ts');
    const [targets, tools] = await Promise.all([availableTargets(), findTools()]);
    const { knativeCommands } = await import('../targets/cluster/knative-install.ts');
    const onKnative = stages().find(({ targets: own }) => own.cluster && own.knative);
    const knative = onKnative && (await availabilityFor(onKnative, 'cluster'));
    const missing = tools.some(({ needed, version }) => needed && version === undefined);
    if (options.json) {
      terminal.print(JSON.stringify({ targets, knative, tools }, null, 2));
      return missing ? EXIT.checkFailed : EXIT.fine;
    }
    const mark = (fine: boolean) => (fine ? 'yes' : 'no');
    terminal.print(terminal.paint('bold', 'Targets'));
    const targetRows = targets.map(({ target, available, reason, remedy }) => [
      `  ${target}`,
      mark(available),
      available || remedy === undefined ? reason : `${reason}. ${remedy}`,
    ]);
    for (const line of columns(targetRows)) terminal.print(line);
    if (knative) {
      const title = `\nKnative in a cluster of this machine, for stage ${onKnative?.number}`;
      terminal.print(terminal.paint('bold', title));
      terminal.print(`  ${mark(knative.available)}  ${knative.reason}`);
    }
    if (knative?.available === false) {
      terminal.print('  With Docker, kind and kubectl, and 6 GB of memory for Docker:');
      for (const line of knativeCommands()) terminal.print(`    ${line}`);
      terminal.print('  Where gcr.io or Docker Hub cannot be reached, through a mirror of yours:');
      for (const line of knativeCommands(MIRROR)) terminal.print(`    ${line}`);
    }
    terminal.print(terminal.paint('bold', '\nTools'));
    const toolRows = tools.map(({ name, version, purpose, remedy }) => [
      `  ${name}`,
      version === undefined ? 'no' : 'yes',
      version === undefined ? `${purpose}. ${remedy}` : version,
    ]);
    for (const line of columns(toolRows)) terminal.print(line);
    return missing ? EXIT.checkFailed : EXIT.fine;
  },
});
