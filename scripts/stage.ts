import { COMMANDS, loadCommand } from './commands/index.ts';
import { helpOf, helpOfAll } from './commands/help.ts';
import { misused, parseLine } from './commands/line.ts';
import { endQuietlyOnClosedPipe } from './shared/closed-pipe.ts';
import { EXIT, Failure } from './shared/failure.ts';
import { createTerminal } from './shared/terminal.ts';
import type { Terminal } from './shared/terminal.ts';
import { readStages } from './stages/catalogue.ts';
import type { Stage } from './stages/catalogue.ts';

endQuietlyOnClosedPipe();
const terminal = createTerminal(process.stdout, process.stderr, process.env);
process.exitCode = await runLine(process.argv.slice(2), terminal).catch((error: unknown) =>
  report(error, terminal),
);

async function runLine(words: readonly string[], to: Terminal): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    return showHelp(rest[0], to);
  }
  const command = await loadCommand(name);
  if (!command) throw misused(`There is no command "${name}".`);
  const { help, positionals, options } = parseLine(command, rest);
  if (help) return showHelp(name, to);
  let stages: readonly Stage[] | undefined;
  return command.run({
    positionals,
    options,
    terminal: to,
    directory: typedIn(),
    stages: () => (stages ??= readStages()),
  });
}

async function showHelp(name: string | undefined, to: Terminal): Promise<number> {
  if (name === undefined || name === '--json') {
    const all = await Promise.all(Object.keys(COMMANDS).map((each) => loadCommand(each)));
    const commands = all.filter((command) => command !== undefined);
    to.print(name ? JSON.stringify(commands, null, 2) : helpOfAll(commands));
    return EXIT.fine;
  }
  const command = await loadCommand(name);
  if (!command) throw misused(`There is no command "${name}".`);
  to.print(helpOf(command));
  return EXIT.fine;
}

/** npm runs scripts in the repository's folder and tells in INIT_CWD where the reader was. */
function typedIn(): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return (script === 'stage' && folder) || process.cwd();
}

function report(error: unknown, to: Terminal): number {
  if (error instanceof Failure) {
    to.note(`${to.paintNote('red', error.code)}: ${error.message}`);
    return error.exitCode;
  }
  to.note(
    `${to.paintNote('red', 'E_BUG')}: this is a fault of the course's own tools. Please report it:`,
  );
  to.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.bug;
}
