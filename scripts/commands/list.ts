import { EXIT } from '../shared/failure.ts';
import { columns } from '../shared/terminal.ts';
import { defineCommand } from './command.ts';

export default defineCommand({
  name: 'list',
  summary: 'Shows every stage: number, name, where it runs, and what it does about which problem.',
  usage: '',
  options: { json: { type: 'boolean', summary: 'Prints an array, for programs.' } },
  async run({ options, stages, terminal }) {
    const rows = stages().map(
      ({ number, id, title, problem, answer, from, targets, services, original, behaviours }) => ({
        number,
        id,
        title,
        problem,
        answer,
        from,
        targets: Object.keys(targets),
        services: Object.keys(services ?? {}),
        original,
        signIn: behaviours.signIn,
      }),
    );
    if (options.json) {
      terminal.print(JSON.stringify(rows, null, 2));
      return EXIT.fine;
    }
    const heads = columns(
      rows.map(({ number, id, title, targets }) => [
        String(number),
        id,
        title.en,
        targets.join(', '),
      ]),
    );
    rows.forEach(({ problem, answer }, index) => {
      terminal.print(terminal.paint('bold', heads[index] ?? ''));
      terminal.print(`   Problem: ${problem.en}`);
      terminal.print(`   Answer:  ${answer.en}`);
    });
    return EXIT.fine;
  },
});
