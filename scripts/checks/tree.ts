import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitText } from '../stages/git.ts';

/** The repository's files: what git tracks or would track. */
export interface Tree {
  readonly root: string;
  /** Paths from the root, with slashes, in order. */
  readonly paths: readonly string[];
  /** @example tree.read('README.md') */
  read(path: string): string;
}

/**
 * Lists the files of the repository that holds `root`.
 *
 * @example readTree('/course').paths.includes('README.md')
 */
export function readTree(root: string): Tree {
  const listed = gitText(root, ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  const paths = [...new Set(listed.split('\0'))].filter(
    (path) => path !== '' && existsSync(join(root, path)),
  );
  return treeOf(root, paths, (path) => readFileSync(join(root, path), 'utf8'));
}

/**
 * A tree in memory, for tests.
 *
 * @example fakeTree({ 'README.md': '# Course' })
 */
export function fakeTree(files: Readonly<Record<string, string>>): Tree {
  return treeOf('/repository', Object.keys(files), (path) => files[path] ?? '');
}

function treeOf(root: string, paths: readonly string[], read: (path: string) => string): Tree {
  return { root, paths: paths.toSorted(), read };
}
