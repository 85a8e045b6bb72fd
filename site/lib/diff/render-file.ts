import type { DiffLine, FileDiff } from '../../../scripts/stages/diff.ts';
import { escapeHtml } from '../code/escape.ts';
import { type Token, highlight } from '../code/highlight.ts';
import { type Range, renderLine } from '../code/render.ts';
import { fill } from '../fill.ts';
import type { Block } from './blocks.ts';
import type { DiffWords } from './words.ts';
import { markWords } from './word-marks.ts';

export type TextDiff = Extract<FileDiff, { content: 'text' }>;

export interface RenderOptions {
  readonly words: DiffWords;
  /** `unified`, for a lesson, has no left side for unchanged lines and only counts the folded ones. */
  readonly view: 'both' | 'unified';
}

/** Tokens of a line by its number. */
type Side = ReadonlyMap<number, readonly Token[]>;

/**
 * The lines of a file's diff, or of a part of it, as HTML that serves both views: style sheets put `.old` above or beside
 * `.new`, and count the line numbers from `--o` and `--n`.
 *
 * @example await renderFile(diff, toBlocks(diff.hunks, 3), { words, view: 'both' })
 */
export async function renderFile(
  diff: TextDiff,
  blocks: readonly Block[],
  { words, view }: RenderOptions,
): Promise<string> {
  const lines = diff.hunks.flatMap((hunk) => hunk.lines);
  const old = await tokensOf(lines, 'before', diff.was ?? diff.path);
  const now = await tokensOf(lines, 'after', diff.path);
  return blocks.map((block) => renderBlock(block, old, now, words, view)).join('');
}

async function tokensOf(
  lines: readonly DiffLine[],
  side: 'before' | 'after',
  path: string,
): Promise<Side> {
  const own = lines.filter((line) => line[side] !== undefined);
  const tokens = await highlight(own.map(({ text }) => text).join('\n'), path);
  return new Map(own.map((line, index) => [line[side] ?? 0, tokens[index] ?? []]));
}

function renderBlock(
  block: Block,
  old: Side,
  now: Side,
  words: DiffWords,
  view: RenderOptions['view'],
): string {
  if (block.kind === 'changed') {
    const marks = markWords(texts(block.removed), texts(block.added));
    const removed = renderLines(block.removed, 'before', old, marks.removed);
    const added = renderLines(block.added, 'after', now, marks.added);
    const { before, after } = starts([...block.removed, ...block.added]);
    return (
      `<div class="change" style="${counters(before, after)}">` +
      `${removed && `<del class="old">${removed}</del>`}${added && `<ins class="new">${added}</ins>`}</div>`
    );
  }
  const summary = escapeHtml(fill(words.unchanged, { count: block.lines.length }));
  if (block.kind === 'folded' && view === 'unified') return `<p class="folded">${summary}</p>`;
  const left =
    view === 'both'
      ? `<div class="old" aria-hidden="true">${renderLines(block.lines, 'before', old)}</div>`
      : '';
  const right = `<div class="new">${renderLines(block.lines, 'after', now)}</div>`;
  const { before, after } = starts(block.lines);
  const same = `<div class="same" style="${counters(before, after)}">${left}${right}</div>`;
  if (block.kind === 'same') return same;
  return `<details><summary>${summary}</summary>${same}</details>`;
}

function renderLines(
  lines: readonly DiffLine[],
  side: 'before' | 'after',
  tokens: Side,
  marks: readonly (readonly Range[])[] = [],
): string {
  return lines
    .map((line, index) => {
      const number = line[side] ?? 0;
      const code = renderLine(tokens.get(number) ?? [], marks[index]);
      return `<div><code>${code || '\n'}</code></div>`;
    })
    .join('');
}

function texts(lines: readonly DiffLine[]): string[] {
  return lines.map(({ text }) => text);
}

/** The numbers before the first line of a block, from where style sheets count. */
function starts(lines: readonly DiffLine[]): { before: number; after: number } {
  const before = lines.find((line) => line.before !== undefined)?.before ?? 1;
  const after = lines.find((line) => line.after !== undefined)?.after ?? 1;
  return { before: before - 1, after: after - 1 };
}

function counters(before: number, after: number): string {
  return `--o:${before};--n:${after}`;
}
