import { EXIT } from '../shared/failure.ts';
import { columns } from '../shared/terminal.ts';
import { defineCommand } from './command.ts';

export default defineCommand({
  name: 'doctor',
  summary: 'Tells which targets this machine can run, and how to get the rest.',
  usage: '',
  options: { json: { type: 'boolean', summary: 'Prints targets and tools, for programs.' } },
  async run({ options, terminal }) {
    const { availableTargets } = await import('../targets/availability.ts');
    const { findTools } = await import('./tools.ts');
    const [targets, tools] = await Promise.all([availableTargets(), findTools()]);
    const missing = tools.some(({ needed, version }) => needed && version === undefined);
    if (options.json) {
      terminal.print(JSON.stringify({ targets, tools }, null, 2));
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
