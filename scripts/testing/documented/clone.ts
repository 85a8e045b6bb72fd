import { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '../../checks/tree.ts';
import { gitText } from '../../stages/git.ts';

/**
 * A clone of the repository as it stands, uncommitted files too, with the packages of the original.
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
  const packages = tree.paths
    .filter((path) => /^(stages\/[^/]+\/)?package-lock\.json$/.test(path))
    .map(dirname);
  for (const owner of packages) linkPackages(join(tree.root, owner), join(course, owner));
  return course;
}

/** A folder of links: tools that write into node_modules write into the clone's. */
function linkPackages(from: string, to: string): void {
  const source = join(from, 'node_modules');
  mkdirSync(join(to, 'node_modules'));
  let names: string[] = [];
  try {
    names = readdirSync(source);
  } catch (error) {
    // Not installed yet: the clone installs it when it needs it, as a reader's would.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  for (const name of names.filter((each) => each !== '.cache' && each !== '.vite')) {
    symlinkSync(join(source, name), join(to, 'node_modules', name));
  }
}
