import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Where a command writes: results to `out`, progress to `err`. */
export interface Terminal {
  /** A line of the result, on standard output. */
  print(line?: string): void;
  /** A line of progress or advice, on standard error: never mixed into what a program reads. */
  note(line: string): void;
  /** Colours a text for standard output, unless NO_COLOR is set or nobody would see it. */
  paint(style: Style, text: string): string;
  /** The same for standard error. */
  paintNote(style: Style, text: string): string;
  /** Whether a person reads standard output. */
  readonly interactive: boolean;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * The terminal of this process.
 *
 * @example createTerminal(process.stdout, process.stderr, process.env).print('done')
 */
export function createTerminal(
  out: Stream,
  err: Stream,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  const painter = (stream: Stream) => {
    const coloured = wantsColour(stream, environment);
    return (style: Style, text: string) =>
      coloured ? styleText(style, text, { validateStream: false }) : text;
  };
  return {
    print: (line = '') => void out.write(`${line}\n`),
    note: (line) => void err.write(`${line}\n`),
    paint: painter(out),
    paintNote: painter(err),
    interactive: out.isTTY === true,
  };
}

/** https://no-color.org and https://force-color.org; a terminal that calls itself dumb gets no colour. */
function wantsColour(
  stream: Stream,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

/**
 * Lines up the cells of rows in columns two spaces apart; the last cell may be of any length.
 *
 * @example columns([['1', '01-all-in-one'], ['12', 'x']]) // ['1   01-all-in-one', '12  x']
 */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/**
 * A number with its noun.
 *
 * @example counted(1, 'file') // '1 file'
 */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
