import { endQuietlyOnClosedPipe } from '../shared/closed-pipe.ts';
import { EXIT, Failure } from '../shared/failure.ts';
import { onShutdown } from '../shared/lifetime.ts';
import { createTerminal } from '../shared/terminal.ts';
import { formatResult, formatTotals, isGreen, runParts } from './part.ts';
import type { Part } from './part.ts';

/** What a shell says of a command that Ctrl-C has ended. */
const INTERRUPTED = 130;

/**
 * Runs the named parts, or all, and prints a line for each, what failed in full, and the totals last.
 * The answer is the exit code.
 *
 * @example process.exitCode = await runAll({ what: 'checks', parts, names: ['lint'], atOnce: 2, live: false });
 */
export async function runAll(options: {
  readonly what: string;
  readonly parts: readonly Part[];
  readonly names: readonly string[];
  readonly atOnce: number;
  /** The parts show their progress themselves, so each is announced. */
  readonly live: boolean;
}): Promise<number> {
  endQuietlyOnClosedPipe();
  const terminal = createTerminal(process.stdout, process.stderr, process.env);
  // Ends what the parts have started and removes their folders: both listen for this process's end.
  onShutdown(() => process.exit(INTERRUPTED));
  try {
    const parts = select(options.parts, options.names);
    const results = await runParts(parts, {
      atOnce: options.atOnce,
      inCi: Boolean(process.env['CI']),
      now: () => performance.now(),
      onStart: ({ name }) => {
        if (options.live) terminal.print(terminal.paint('bold', `\n== ${name}`));
      },
      onResult: (result) => {
        terminal.print(terminal.paint(isGreen(result) ? 'green' : 'red', formatResult(result)));
        for (const line of result.skipped ?? []) terminal.print(`        skipped: ${line}`);
      },
    });
    const red = results.filter((result) => !isGreen(result));
    for (const { name, report } of red) {
      if (report) terminal.print(`\n${terminal.paint('bold', `-- ${name}`)}\n${report.trimEnd()}`);
    }
    if (options.live) {
      terminal.print();
      for (const result of results) terminal.print(formatResult(result));
    }
    terminal.print(`\n${formatTotals(options.what, results)}`);
    return red.length === 0 ? EXIT.fine : EXIT.checkFailed;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    terminal.note(`${error.code}: ${error.message}`);
    return error.exitCode;
  }
}

function select(parts: readonly Part[], names: readonly string[]): readonly Part[] {
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown === undefined)
    return names.length === 0 ? parts : parts.filter(({ name }) => names.includes(name));
  throw new Failure(
    'E_USAGE',
    `expected one of ${parts.map(({ name }) => name).join(', ')}, found "${unknown}".`,
    EXIT.usage,
  );
}
