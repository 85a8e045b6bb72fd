import { EXIT } from '../shared/failure.ts';
import { counted } from '../shared/terminal.ts';
import { defineCommand } from './command.ts';

export default defineCommand({
  name: 'lineage',
  summary:
    'Checks that every stage differs from its parent as stage.json declares, and no further.',
  usage: '',
  options: { json: { type: 'boolean', summary: 'Prints the problems as an array, for programs.' } },
  async run({ options, stages, terminal }) {
    const { checkLineage } = await import('../stages/lineage.ts');
    const problems = checkLineage(stages());
    if (options.json) terminal.print(JSON.stringify(problems, null, 2));
    else {
      for (const { code, message } of problems) {
        terminal.print(`${terminal.paint('red', code)}: ${message}`);
      }
      const declared = stages().reduce((sum, { changes }) => sum + changes.length, 0);
      terminal.print(
        problems.length > 0
          ? `${counted(problems.length, 'problem')} in ${counted(new Set(problems.map(({ stage }) => stage)).size, 'stage')}`
          : `${counted(stages().length, 'stage')}: all equal to their parents but for ${counted(declared, 'declared change')}`,
      );
    }
    return problems.length > 0 ? EXIT.checkFailed : EXIT.fine;
  },
});
