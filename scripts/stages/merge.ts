import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './git.ts';
import { makeTemporaryFolder } from './temporary.ts';

export interface Side {
  readonly name: string;
  readonly content: Buffer;
}

export type Merge =
  | { readonly kind: 'clean'; readonly content: Buffer }
  /** The content holds conflict markers. */
  | { readonly kind: 'conflict'; readonly content: Buffer }
  /** git merges no binary files. */
  | { readonly kind: 'impossible' };

/** git merge-file answers with the number of conflicts, and with 255 for an error. */
const MERGE_ERROR = 128;

/**
 * Merges what `theirs` changed since `base` into `mine`, as `git merge-file` does.
 *
 * @example mergeFiles({ name: '02', content: mine }, { name: 'base', content: base }, { name: '01', content: theirs }).kind
 */
export function mergeFiles(mine: Side, base: Side, theirs: Side): Merge {
  const folder = makeTemporaryFolder('merge');
  try {
    const sides = [mine, base, theirs];
    const files = sides.map(({ content }, index) => {
      const file = join(folder, String(index));
      writeFileSync(file, content);
      return file;
    });
    const labels = sides.flatMap(({ name }) => ['-L', name]);
    const { code, out } = git(folder, ['merge-file', '-p', '--diff3', ...labels, ...files]);
    if (code >= MERGE_ERROR) return { kind: 'impossible' };
    return { kind: code === 0 ? 'clean' : 'conflict', content: out };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
