import type { DiffLine, Hunk } from '../../../scripts/stages/diff.ts';
import { Failure } from '../../../scripts/shared/failure.ts';
import type { TextDiff } from './render-file.ts';

/** Which part of a file's difference is meant: lines of the newer file, or lines by what stands in them. */
export type Passage =
  | { readonly first: number; readonly last: number }
  | { readonly from: string; readonly to: string };

/**
 * The lines of a difference that a step of a lesson speaks of, without the indentation that all of them
 * have. A passage that is not there, or in which nothing differs, breaks the build; `where` names it then.
 *
 * @example pickHunk(diff, { from: 'MAX_DRAIN', to: '8_000' }, '05-docker, serve.ts').lines.length // 4
 */
export function pickHunk(diff: TextDiff, passage: Passage, where: string): Hunk {
  const lines = diff.hunks.flatMap((hunk) => hunk.lines);
  const [start, end] =
    'from' in passage ? spanBetween(lines, passage, where) : spanOf(lines, passage, where);
  const picked = lines.slice(start, end + 1);
  if (picked.every(({ kind }) => kind === 'same')) {
    throw broken(where, 'a line that differs from the stage before', 'none');
  }
  const indent = commonIndent(picked);
  return {
    before: rangeOf(picked, 'before'),
    after: rangeOf(picked, 'after'),
    lines: picked.map((line) => ({ ...line, text: line.text.slice(indent) })),
  };
}

/**
 * A difference as if the file had not been there before: what it was is left out, all that it is was added.
 *
 * @example asNew(diff).hunks[0]?.lines.every(({ kind }) => kind === 'added') // true
 */
export function asNew(diff: TextDiff): TextDiff {
  const hunks = diff.hunks.map((hunk) => ({
    ...hunk,
    lines: hunk.lines.flatMap(({ text, after }): DiffLine[] =>
      after === undefined ? [] : [{ kind: 'added', text, after }],
    ),
  }));
  return { ...diff, hunks };
}

/** With what was removed right before the first line: both are one change. */
function spanOf(
  lines: readonly DiffLine[],
  { first, last }: { first: number; last: number },
  where: string,
): [start: number, end: number] {
  const end = lines.findIndex(({ after }) => after === last);
  let start = lines.findIndex(({ after }) => after === first);
  if (start === -1 || end === -1)
    throw broken(where, `lines ${first} to ${last}`, 'a shorter file');
  if (lines[start]?.kind === 'added') while (lines[start - 1]?.kind === 'removed') start -= 1;
  return [start, end];
}

function spanBetween(
  lines: readonly DiffLine[],
  { from, to }: { from: string; to: string },
  where: string,
): [start: number, end: number] {
  const start = lines.findIndex(({ text }) => text.includes(from));
  if (start === -1) throw broken(where, `a line with "${from}"`, 'none');
  const length = lines.slice(start).findIndex(({ text }) => text.includes(to));
  if (length === -1) throw broken(where, `a line with "${to}" behind "${from}"`, 'none');
  return [start, start + length];
}

function commonIndent(lines: readonly DiffLine[]): number {
  const inked = lines.filter(({ text }) => text.trim() !== '');
  return Math.min(...inked.map(({ text }) => text.length - text.trimStart().length));
}

function rangeOf(lines: readonly DiffLine[], side: 'before' | 'after') {
  const numbers = lines.flatMap((line) => line[side] ?? []);
  return { start: numbers[0] ?? 0, count: numbers.length };
}

function broken(where: string, expected: string, found: string): Failure {
  return new Failure(
    'E_HUNK',
    `${where}: expected ${expected} in the difference, found ${found}. Name another passage in the lesson.`,
  );
}
