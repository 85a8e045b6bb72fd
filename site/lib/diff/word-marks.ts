import { diffWordsWithSpace } from 'diff';
import type { Range } from '../code/render.ts';

/** Two lines that share less than this of their characters are two lines, not one that changed. */
const LEAST_SHARED = 0.5;

/** The changed words of every line, by its index in the block. */
export interface WordMarks {
  readonly removed: readonly (readonly Range[])[];
  readonly added: readonly (readonly Range[])[];
}

/**
 * Pairs removed with added lines, in order, and marks the words in which each pair differs.
 *
 * @example markWords(['let a = 1;'], ['let b = 1;']).added // [[[4, 5]]]
 */
export function markWords(removed: readonly string[], added: readonly string[]): WordMarks {
  const marks = { removed: removed.map((): Range[] => []), added: added.map((): Range[] => []) };
  let next = 0;
  removed.forEach((before, index) => {
    const compared = added.slice(next).map((after) => compareLines(before, after));
    const best = compared.reduce((a, b) => (b.shared > a.shared ? b : a), NOTHING);
    if (best.shared < LEAST_SHARED) return;
    const partner = next + compared.indexOf(best);
    marks.removed[index] = best.removed;
    marks.added[partner] = best.added;
    next = partner + 1;
  });
  return marks;
}

interface Comparison {
  /** Share of both lines' characters that they have in common, white space aside. */
  readonly shared: number;
  readonly removed: Range[];
  readonly added: Range[];
}

const NOTHING: Comparison = { shared: 0, removed: [], added: [] };

function compareLines(before: string, after: string): Comparison {
  const removed: Range[] = [];
  const added: Range[] = [];
  let shared = 0;
  let positionBefore = 0;
  let positionAfter = 0;
  for (const part of diffWordsWithSpace(before, after)) {
    const { length } = part.value;
    if (part.removed) removed.push([positionBefore, positionBefore + length]);
    else if (part.added) added.push([positionAfter, positionAfter + length]);
    else shared += inked(part.value);
    if (!part.added) positionBefore += length;
    if (!part.removed) positionAfter += length;
  }
  const total = inked(before) + inked(after);
  return {
    shared: total === 0 ? 0 : (2 * shared) / total,
    removed: join(withInk(removed, before)),
    added: join(withInk(added, after)),
  };
}

function inked(text: string): number {
  return text.replaceAll(/\s/g, '').length;
}

/** A line that moves in or out is no other line: what is blank has no mark. */
function withInk(ranges: readonly Range[], line: string): Range[] {
  return ranges.filter(([start, end]) => inked(line.slice(start, end)) > 0);
}

/** `a.b` to `c.d` is one change to a reader: marks a character apart become one. */
function join(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && range[0] - last[1] <= 1) joined[joined.length - 1] = [last[0], range[1]];
    else joined.push(range);
  }
  return joined;
}
