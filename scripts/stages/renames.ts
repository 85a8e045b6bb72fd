import { isText } from './files.ts';
import type { Files } from './files.ts';
import { similarity } from './similarity.ts';

export interface Rename {
  readonly was: string;
  readonly path: string;
}

/** git's own threshold: `git diff --find-renames`. */
const LEAST_SIMILARITY = 0.5;

/**
 * Pairs removed with added files that are at least half alike, the most alike first.
 *
 * @example pairRenames(new Map([['a.ts', code]]), new Map([['b.ts', code]])) // [{ was: 'a.ts', path: 'b.ts' }]
 */
export function pairRenames(before: Files, after: Files): Rename[] {
  const pairs: Rename[] = [];
  const used = new Set<string>();
  const candidates = [...before]
    .filter(([was]) => !after.has(was))
    .flatMap(([was, old]) =>
      [...after]
        .filter(([path]) => !before.has(path))
        .map(([path, now]) => ({ was, path, score: likeness(old, now) })),
    )
    .filter(({ score }) => score >= LEAST_SIMILARITY)
    .toSorted((a, b) => b.score - a.score);
  for (const { was, path } of candidates) {
    if (used.has(`-${was}`) || used.has(`+${path}`)) continue;
    used.add(`-${was}`).add(`+${path}`);
    pairs.push({ was, path });
  }
  return pairs;
}

function likeness(old: Buffer, now: Buffer): number {
  if (old.equals(now)) return old.length > 0 ? 1 : 0;
  if (!isText(old) || !isText(now)) return 0;
  return similarity(old.toString(), now.toString());
}
