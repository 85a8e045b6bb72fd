// Whether node_modules holds what package-lock.json says.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, os?: string | string[], cpu?: string | string[], libc?: string | string[] }} Entry */

const STAMP = 'node_modules/.set-up';

/** @param {string} root */
function fingerprint(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'));
  // A folder shared between a Mac and a Linux container holds the packages of one of them.
  return `${process.platform}-${process.arch} ${createHash('sha256').update(lockfile).digest('hex')}\n`;
}

/** @param {string} path @returns {Record<string, Entry>} */
function readEntries(path) {
  const { '': _root, ...entries } = JSON.parse(readFileSync(path, 'utf8')).packages;
  return entries;
}

/** @param {string | string[] | undefined} allowed @param {string} value */
const fits = (allowed, value) => allowed === undefined || [allowed].flat().includes(value);

/**
 * The folders that an installation on this machine fills, relative to the project.
 *
 * @example expectedFolders('/project') // ['node_modules/astro', …]
 * @param {string} root
 */
export function expectedFolders(root) {
  return Object.entries(readEntries(join(root, 'package-lock.json')))
    .filter(
      ([path, entry]) => path.startsWith('node_modules/') && !entry.link && belongsHere(entry),
    )
    .map(([path]) => path);
}

/** @param {Entry} entry */
function belongsHere(entry) {
  if (!entry.optional) return true;
  // Without a platform of its own it hangs on an optional package that may be another platform's;
  // on `libc` npm decides by looking at the system. Both may be there or not.
  if ((entry.os === undefined && entry.cpu === undefined) || entry.libc !== undefined) return false;
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch);
}

/**
 * Whether node_modules is complete without our doing: true after an `npm ci` or `npm install` by hand.
 * npm writes its record last, so it tells complete from interrupted; but `--package-lock-only`
 * writes it too, so the versions on the disk are read as well.
 *
 * @param {string} root
 */
function npmInstalledThem(root) {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readEntries(record);
  return Object.entries(readEntries(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    const found = installed[path];
    if (found === undefined) return wanted.optional === true && !belongsHere(wanted);
    if (found.version !== wanted.version || found.integrity !== wanted.integrity) return false;
    return wanted.link === true || versionOnDisk(join(root, path)) === wanted.version;
  });
}

/** @param {string} folder @returns {string | undefined} */
function versionOnDisk(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

/**
 * Whether nothing needs to be installed.
 *
 * @example if (!isInstalled(root)) await install(root);
 * @param {string} root
 */
export function isInstalled(root) {
  const stamp = join(root, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root)) return true;
  if (!npmInstalledThem(root)) return false;
  markInstalled(root);
  return true;
}

/**
 * Notes that node_modules matches the lockfile; called when an installation is complete.
 *
 * @param {string} root
 */
export function markInstalled(root) {
  mkdirSync(dirname(join(root, STAMP)), { recursive: true });
  writeFileSync(join(root, STAMP), fingerprint(root));
}

/**
 * Forgets the note, so that an interrupted installation is done again.
 *
 * @param {string} root
 */
export function unmarkInstalled(root) {
  rmSync(join(root, STAMP), { force: true });
  rmSync(join(root, 'node_modules/.package-lock.json'), { force: true });
}
