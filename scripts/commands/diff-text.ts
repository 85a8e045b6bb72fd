import { columns, counted } from '../shared/terminal.ts';
import type { Style } from '../shared/terminal.ts';
import type { DiffLine, FileDiff, Hunk } from '../stages/diff.ts';

type Paint = (style: Style, text: string) => string;

const LETTER_COLOURS = { A: 'green', M: 'yellow', D: 'red', R: 'cyan' } as const;

/**
 * A line for each file and one for the sum.
 *
 * @example statOf(files, (_, text) => text) // ['M  index.ts  +3 -1', '1 file, +3 -1']
 */
export function statOf(files: readonly FileDiff[], paint: Paint): string[] {
  const lines = columns(files.map((file) => [file.status, nameOf(file), amountOf(file)]));
  const texts = files.filter((file) => file.content === 'text');
  const added = texts.reduce((sum, file) => sum + file.added, 0);
  const removed = texts.reduce((sum, file) => sum + file.removed, 0);
  return [
    ...lines.map((line, index) => {
      const status = files[index]?.status ?? 'M';
      return paint(LETTER_COLOURS[status], status) + line.slice(1);
    }),
    `${counted(files.length, 'file')}, +${added} -${removed} lines`,
  ];
}

/**
 * One file as a unified patch, with the declared reason above it; a lockfile as one line.
 *
 * @example patchOf(file, first, second, 'todos move into a file', (_, text) => text)
 */
export function patchOf(
  file: FileDiff,
  before: { readonly id: string },
  after: { readonly id: string },
  why: string | undefined,
  paint: Paint,
): string[] {
  const head = `${file.status} ${nameOf(file)}`;
  const amount = file.content === 'text' ? '' : `  ${amountOf(file)}`;
  const lines = [paint('bold', head) + amount];
  if (why !== undefined) lines.push(paint('dim', `  ${why}`));
  if (file.content === 'text' && file.hunks.length > 0) {
    const old = file.status === 'A' ? '/dev/null' : `${before.id}/${file.was ?? file.path}`;
    const now = file.status === 'D' ? '/dev/null' : `${after.id}/${file.path}`;
    lines.push(paint('bold', `--- ${old}`), paint('bold', `+++ ${now}`));
    lines.push(...file.hunks.flatMap((hunk) => hunkLines(hunk, paint)));
  }
  return [...lines, ''];
}

function hunkLines({ before, after, lines }: Hunk, paint: Paint): string[] {
  const range = `@@ -${before.start},${before.count} +${after.start},${after.count} @@`;
  return [paint('cyan', range), ...lines.flatMap((line) => patchLines(line, paint))];
}

function patchLines({ kind, text, isLastWithoutBreak }: DiffLine, paint: Paint): string[] {
  const rest = isLastWithoutBreak ? [String.raw`\ No newline at end of file`] : [];
  if (kind === 'same') return [` ${text}`, ...rest];
  const [sign, colour] = kind === 'added' ? (['+', 'green'] as const) : (['-', 'red'] as const);
  return [paint(colour, sign + text), ...rest];
}

function nameOf({ path, was }: FileDiff): string {
  return was === undefined ? path : `${was} -> ${path}`;
}

function amountOf(file: FileDiff): string {
  if (file.content === 'binary') return 'binary';
  if (file.content === 'text') return `+${file.added} -${file.removed}`;
  const { added, removed, changed } = file.packages;
  return `packages: ${added} added, ${removed} removed, ${changed} at another version`;
}
