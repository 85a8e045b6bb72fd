import type { Line } from './transcript.ts';

/** So many like lines in a row are read; more are counted. */
const READ = 3;

/** A line, and how many like it came right after it. */
export interface Row {
  readonly line: Line;
  readonly more: number;
}

/**
 * The lines of a step, with a hundred like ones in a row as the first of them and a count. Alike are
 * requests for the same thing, and answers with the same status.
 *
 * @example rowsOf(lines)[0] // { line: { kind: 'ask', text: 'POST /api/rule', … }, more: 99 }
 */
export function rowsOf(lines: readonly Line[]): Row[] {
  const runs: Line[][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.[0] && alike(last[0], line)) last.push(line);
    else runs.push([line]);
  }
  return runs.flatMap(([first, ...rest]): Row[] =>
    !first
      ? []
      : rest.length < READ
        ? [first, ...rest].map((line) => ({ line, more: 0 }))
        : [{ line: first, more: rest.length }],
  );
}

function alike(a: Line, b: Line): boolean {
  return a.kind === b.kind && (a.kind === 'ask' || a.kind === 'reply') && subject(a) === subject(b);
}

/** What was asked, or the status of an answer without its time. */
function subject({ text }: Line): string {
  return text.replace(/ · .*$/, '');
}
