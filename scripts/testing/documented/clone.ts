import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '../../checks/tree.ts';
import { gitText } from '../../stages/git.ts';

/**
 * A clone of the repository as it stands, uncommitted files too. Nothing is installed in it: the first
 * command sets it up, as it does for a reader.
 *
 * @example createClone(readTree(root), '/tmp/x') // '/tmp/x/course'
 */
export function createClone(tree: Tree, folder: string): string {
  const course = join(folder, 'course');
  gitText(folder, ['clone', '--quiet', '--shared', tree.root, course]);
  const cloned = gitText(course, ['ls-files', '-z']).split('\0').filter(Boolean);
  for (const path of cloned) if (!tree.paths.includes(path)) rmSync(join(course, path));
  for (const path of tree.paths) {
    mkdirSync(dirname(join(course, path)), { recursive: true });
    copyFileSync(join(tree.root, path), join(course, path));
  }
  return course;
}
