import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const VERSION_CHARACTERS = 10;

/** The files that the page needs. */
export interface Assets {
  readonly folder: string;
  readonly names: readonly string[];
  /** Changes with any byte of any file: `wYm3q0Xe1B`. */
  readonly version: string;
}

// #region version
/**
 * Reads a folder of files and makes a version out of what is in them. Nothing is built: one name for all of them
 * changes with each, and the imports among them stay as they are written.
 *
 * @example readAssets('public').version // 'wYm3q0Xe1B'
 */
export function readAssets(folder: string): Assets {
  const names = readdirSync(folder).toSorted();
  const hash = createHash('sha256');
  for (const name of names) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(folder, name)))
      .update('\0');
  }
  return { folder, names, version: hash.digest('base64url').slice(0, VERSION_CHARACTERS) };
}
// #endregion version
