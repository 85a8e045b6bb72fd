/** A text and what is selected in it. */
export interface Selected {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A part of a text is replaced, and something is selected afterwards. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

const INDENT = '  ';

/**
 * What Tab does in code: puts in two spaces, or indents every selected line; with Shift it takes an
 * indent away.
 *
 * @example indent({ text: 'a', start: 0, end: 0 }, false) // { from: 0, to: 0, insert: '  ', start: 2, end: 2 }
 */
export function indent({ text, start, end }: Selected, back: boolean): Change {
  if (!back && !text.slice(start, end).includes('\n')) return insertion(start, end, INDENT);
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = endOfLine(text, end);
  const lines = text.slice(from, to).split('\n');
  const changed = lines.map((line) => (back ? line.replace(/^ {1,2}/, '') : INDENT + line));
  const moved = changed.map((line, index) => line.length - (lines[index]?.length ?? 0));
  const atFirst = Math.max(from, start + (moved[0] ?? 0));
  const inAll = moved.reduce((sum, each) => sum + each, 0);
  return {
    from,
    to,
    insert: changed.join('\n'),
    start: atFirst,
    end: Math.max(atFirst, end + inAll),
  };
}

/**
 * What Enter does in code: the next line begins as this one does, one step further after a bracket.
 *
 * @example newLine({ text: '  if (x) {', start: 10, end: 10 }).insert // '\n    '
 */
export function newLine({ text, start, end }: Selected): Change {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const deeper = /[{([]\s*$/.test(before) ? INDENT : '';
  return insertion(start, end, `\n${/^ */.exec(before)?.[0] ?? ''}${deeper}`);
}

/**
 * Where a line of a text begins and ends; the last one when there are fewer.
 *
 * @example lineRange('a\nbc', 2) // { start: 2, end: 4 }
 */
export function lineRange(text: string, line: number): { start: number; end: number } {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const next = text.indexOf('\n', start);
    if (next === -1) break;
    start = next + 1;
  }
  return { start, end: endOfLine(text, start) };
}

function insertion(from: number, to: number, insert: string): Change {
  return { from, to, insert, start: from + insert.length, end: from + insert.length };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
