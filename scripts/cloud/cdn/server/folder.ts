import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Bucket } from '../engine/object-storage.ts';

/**
 * A folder as a bucket. A file is read when it is pulled, so another build is there at once; a link that leads
 * out of the folder leads nowhere.
 *
 * @example const origin = createObjectStorage(folderBucket('/srv/todo/cdn/dist'), systemClock);
 */
export function folderBucket(folder: string): Bucket {
  return async (name) => {
    try {
      const root = await realpath(folder);
      const path = await realpath(join(root, name));
      if (!path.startsWith(root + sep)) return undefined;
      const file = await stat(path);
      if (!file.isFile()) return undefined;
      return { body: new Uint8Array(await readFile(path)), modified: file.mtimeMs };
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (ABSENT.has(code)) return undefined;
      throw error;
    }
  };
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);
