import { structuredPatch } from 'diff';
import { isCompared, isText, readFiles } from './files.ts';
import type { Files } from './files.ts';
import { compareLockfiles, isLockfile } from './lockfile.ts';
import type { LockfileChange } from './lockfile.ts';
import type { Stage } from './catalogue.ts';
import { stripRegions } from './regions.ts';
import { pairRenames } from './renames.ts';
import type { Rename } from './renames.ts';

/** Added, modified, deleted, renamed: git's letters. */
export type Status = 'A' | 'M' | 'D' | 'R';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Line number in the older file; absent for an added line. */
  readonly before?: number;
  /** Line number in the newer file; absent for a removed line. */
  readonly after?: number;
  /** The file ends with this line and without a line break. */
  readonly isLastWithoutBreak?: true;
}

export interface Hunk {
  readonly before: { readonly start: number; readonly count: number };
  readonly after: { readonly start: number; readonly count: number };
  readonly lines: readonly DiffLine[];
}

interface FileHead {
  readonly status: Status;
  /** In the newer stage; of a deleted file, in the older one. */
  readonly path: string;
  /** The older path of a renamed file. */
  readonly was?: string;
}

/** What differs in one file. A lockfile is counted, not shown; a binary file is only named. */
export type FileDiff =
  | (FileHead & {
      readonly content: 'text';
      readonly added: number;
      readonly removed: number;
      readonly hunks: readonly Hunk[];
    })
  | (FileHead & { readonly content: 'lockfile'; readonly packages: LockfileChange })
  | (FileHead & { readonly content: 'binary' });

export interface DiffOptions {
  /** Unchanged lines around a change; 3 unless told. Infinity shows whole files. */
  readonly context?: number;
  /** The renames, when they are known; else they are found by likeness. */
  readonly renames?: readonly Rename[];
}

/**
 * What differs between two stages as readers get them: without region markers, stage.json and
 * recorded runs. Between a stage and its parent the declared renames count, else likeness does.
 *
 * @example diffStages(first, second).map(({ status, path }) => `${status} ${path}`) // ['M index.ts', ...]
 */
export function diffStages(
  before: Stage,
  after: Stage,
  options: Pick<DiffOptions, 'context'> = {},
): FileDiff[] {
  const renames = declaredRenames(before, after);
  return diffFiles(asRead(before), asRead(after), { ...options, ...(renames && { renames }) });
}

/**
 * What differs between two sets of files, ordered by path; equal files are not mentioned.
 *
 * @example diffFiles(new Map([['a', Buffer.from('1\n')]]), new Map())[0].status // 'D'
 */
export function diffFiles(before: Files, after: Files, options: DiffOptions = {}): FileDiff[] {
  const renames = options.renames ?? pairRenames(before, after);
  const oldPaths = new Set(renames.map(({ was }) => was));
  const newPaths = new Set(renames.map(({ path }) => path));
  const heads: FileHead[] = renames.map(({ was, path }) => ({ status: 'R', path, was }));
  for (const [path, content] of after) {
    const old = before.get(path);
    if (newPaths.has(path)) continue;
    if (!old) heads.push({ status: 'A', path });
    else if (!old.equals(content)) heads.push({ status: 'M', path });
  }
  for (const path of before.keys()) {
    if (!after.has(path) && !oldPaths.has(path)) heads.push({ status: 'D', path });
  }
  return heads
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((head) => diffFile(head, before, after, options.context ?? 3));
}

function declaredRenames(before: Stage, after: Stage): Rename[] | undefined {
  if (after.from === before.id) return renamesOf(after);
  if (before.from !== after.id) return undefined;
  return renamesOf(before).map(({ was, path }) => ({ was: path, path: was }));
}

function renamesOf(stage: Stage): Rename[] {
  return stage.changes.flatMap((change) =>
    change.kind === 'renamed' ? [{ was: change.was, path: change.path }] : [],
  );
}

function diffFile(head: FileHead, before: Files, after: Files, context: number): FileDiff {
  const old = before.get(head.was ?? head.path) ?? Buffer.alloc(0);
  const now = after.get(head.path) ?? Buffer.alloc(0);
  if (isLockfile(head.path)) {
    return {
      ...head,
      content: 'lockfile',
      packages: compareLockfiles(old.toString(), now.toString()),
    };
  }
  if (!isText(old) || !isText(now)) return { ...head, content: 'binary' };
  const hunks = toHunks(old.toString(), now.toString(), context);
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    ...head,
    content: 'text',
    added: lines.filter(({ kind }) => kind === 'added').length,
    removed: lines.filter(({ kind }) => kind === 'removed').length,
    hunks,
  };
}

function toHunks(before: string, after: string, context: number): Hunk[] {
  return structuredPatch('', '', before, after, '', '', { context }).hunks.map((hunk) => ({
    before: range(hunk.oldStart, hunk.oldLines),
    after: range(hunk.newStart, hunk.newLines),
    lines: numberLines(hunk.lines, hunk.oldStart, hunk.newStart),
  }));
}

/** An empty range begins after the line before it, as patches have it. */
function range(start: number, count: number): Hunk['before'] {
  return { start: count === 0 ? start - 1 : start, count };
}

function numberLines(raw: readonly string[], oldStart: number, newStart: number): DiffLine[] {
  const lines: DiffLine[] = [];
  let before = oldStart;
  let after = newStart;
  for (const line of raw) {
    const text = line.slice(1);
    const last = lines.at(-1);
    if (line.startsWith('\\')) {
      if (last) lines[lines.length - 1] = { ...last, isLastWithoutBreak: true };
    } else if (line.startsWith('-')) lines.push({ kind: 'removed', text, before: before++ });
    else if (line.startsWith('+')) lines.push({ kind: 'added', text, after: after++ });
    else lines.push({ kind: 'same', text, before: before++, after: after++ });
  }
  return lines;
}

function asRead(stage: Stage): Files {
  const files = [...readFiles(stage.directory)].filter(([path]) => isCompared(path));
  return new Map(
    files.map(([path, content]) => [
      path,
      isText(content) ? Buffer.from(stripRegions(content.toString())) : content,
    ]),
  );
}
