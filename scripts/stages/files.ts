import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../shared/failure.ts';
import { ignoredBy } from './ignored.ts';

/** A stage's files: path from the stage's root, with slashes, in order -> content. */
export type Files = ReadonlyMap<string, Buffer>;

/**
 * The paths of a stage's files: what git tracks or would track, found without git.
 *
 * @example listFiles('/course/stages/01-all-in-one') // ['.gitignore', 'README.md', ...]
 */
export function listFiles(directory: string): string[] {
  const gitignore = join(directory, '.gitignore');
  const isIgnored = ignoredBy(existsSync(gitignore) ? readFileSync(gitignore, 'utf8') : '');
  const paths: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(directory, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (isIgnored(path, entry.isDirectory())) continue;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) paths.push(path);
      else throw notAFile(join(directory, path));
    }
  };
  visit('');
  return paths.toSorted();
}

/**
 * The files of a stage with their content.
 *
 * @example readFiles(stage.directory).get('index.ts')?.toString()
 */
export function readFiles(directory: string): Files {
  return new Map(listFiles(directory).map((path) => [path, readFileSync(join(directory, path))]));
}

/**
 * Whether two stages are compared by this file: stage.json is what declares the differences, and a
 * recorded run is made by `npm run record`.
 *
 * @example isCompared('experiments/restart.run.json') // false
 */
export function isCompared(path: string): boolean {
  return path !== 'stage.json' && !path.endsWith('.run.json');
}

/**
 * The id that git gives a content, as `git hash-object` prints it.
 *
 * @example blobId(Buffer.from('')) // 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
 */
export function blobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** Whether a content is text, by git's rule: no zero byte in its first 8,000. */
export function isText(content: Uint8Array): boolean {
  return !content.subarray(0, 8000).includes(0);
}

/**
 * Whether a merge left its markers in a content.
 *
 * @example hasConflictMarkers(Buffer.from('<<<<<<< mine\n')) // true
 */
export function hasConflictMarkers(content: Buffer): boolean {
  return isText(content) && /^<{7} /m.test(content.toString());
}

function notAFile(path: string): Failure {
  return new Failure(
    'E_STAGE_FILE',
    `${path}: expected a file or folder, found a link or a device. A stage stands alone: put a copy there.`,
  );
}
