import { basename } from 'node:path/posix';
import type { Stage } from '../../../scripts/stages/catalogue.ts';
import { type FileDiff, diffStages } from '../../../scripts/stages/diff.ts';
import type { Text } from '../../../scripts/stages/schema.ts';
import { Failure } from '../../../scripts/shared/failure.ts';
import { toBlocks, visibleLines } from './blocks.ts';

/** A lesson shows this many lines of hunks at most; the rest is on the page of the difference. */
export const LESSON_LINES = 300;

/** A file that differs, with the reason that stage.json declares for it. */
export type ExplainedDiff = FileDiff & { readonly reason?: Text };

/** The changed files of one folder, as the file tree shows them. */
export interface Folder {
  /** Without a slash at the end; empty for the stage's own folder. */
  readonly path: string;
  readonly files: readonly ExplainedDiff[];
}

/**
 * What differs between two stages, whole files, with reasons.
 *
 * @example explainDiff(first, second)[0]?.reason?.en
 */
export function explainDiff(before: Stage, after: Stage): ExplainedDiff[] {
  const declared = after.from === before.id ? after.changes : [];
  const reasons = new Map(declared.map(({ path, reason }) => [path, reason]));
  return diffStages(before, after, { context: Infinity }).map((file) => {
    const reason = reasons.get(file.path);
    return reason ? { ...file, reason } : file;
  });
}

/**
 * The one file that a lesson asks for; a file that does not differ breaks the build.
 *
 * @example fileDiff(explainDiff(first, second), 'index.ts', '01-all-in-one → 02-file-db')
 */
export function fileDiff(
  diffs: readonly ExplainedDiff[],
  path: string,
  pair: string,
): ExplainedDiff {
  const file = diffs.find((diff) => diff.path === path || diff.was === path);
  if (file) return file;
  const known = diffs.map((diff) => diff.path).join(', ') || 'none';
  throw new Failure(
    'E_DIFF_FILE',
    `${pair}: expected a difference in "${path}", found differences in: ${known}.`,
  );
}

/**
 * Files by folder, the stage's own folder first.
 *
 * @example groupByFolder(diffs).map(({ path }) => path) // ['', 'models', 'tests']
 */
export function groupByFolder(diffs: readonly ExplainedDiff[]): Folder[] {
  const folders = Map.groupBy(diffs, ({ path }) => folderOf(path));
  return [...folders]
    .map(([path, files]) => ({ path, files }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Lines added and removed in all.
 *
 * @example countLines(diffs) // { added: 120, removed: 14 }
 */
export function countLines(diffs: readonly FileDiff[]): { added: number; removed: number } {
  const counted = diffs.filter((diff) => diff.content === 'text');
  return {
    added: counted.reduce((sum, diff) => sum + diff.added, 0),
    removed: counted.reduce((sum, diff) => sum + diff.removed, 0),
  };
}

/**
 * How many lines of each file a lesson shows, so that all together stay within `LESSON_LINES`. A file
 * that gets none is left out.
 *
 * @example shareLines(diffs, 3).map(({ limit }) => limit) // [300, 258]
 */
export function shareLines(
  diffs: readonly ExplainedDiff[],
  context: number,
): { readonly diff: ExplainedDiff; readonly limit: number }[] {
  let room = LESSON_LINES;
  return diffs.flatMap((diff) => {
    const limit = room;
    if (diff.content === 'text') {
      if (room === 0) return [];
      room -= Math.min(room, visibleLines(toBlocks(diff.hunks, context)));
    }
    return [{ diff, limit }];
  });
}

/**
 * How a tree of folders calls a file: one that was renamed by both names, with the folder that it left.
 *
 * @example nameInTree({ was: 'cdn/api.js', path: 'public/api.js' }) // 'cdn/api.js → api.js'
 */
export function nameInTree({ was, path }: Pick<ExplainedDiff, 'was' | 'path'>): string {
  const name = basename(path);
  if (was === undefined) return name;
  const left = folderOf(was) === folderOf(path) ? '' : `${folderOf(was) || '.'}/`;
  return `${left}${basename(was)} → ${name}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
