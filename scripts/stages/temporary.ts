import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holderOf, isAlive } from './lock.ts';

/** How everything begins that the course's tools put into the machine's temporary folder. */
export const TEMPORARY_PREFIX = 'serverless-evolution-';

/** A name without a process id belongs to nobody after a day without a change. */
const FORGOTTEN_MILLISECONDS = 24 * 60 * 60_000;

/**
 * Makes a temporary folder whose name tells what it is for and which process it belongs to.
 *
 * @example makeTemporaryFolder('merge') // '/tmp/serverless-evolution-merge-4711-k3JdY2'
 */
export function makeTemporaryFolder(what: string): string {
  return mkdtempSync(join(tmpdir(), `${TEMPORARY_PREFIX}${what}-${process.pid}-`));
}

/**
 * The temporary files and folders of the course's tools that no running process owns.
 *
 * @example orphans(Date.now()) // ['/tmp/serverless-evolution-merge-4711-k3JdY2']
 */
export function orphans(now: number, folder: string = tmpdir()): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(TEMPORARY_PREFIX))
    .map((name) => join(folder, name))
    .filter((path) => isOrphan(path, now));
}

/**
 * Removes them; what cannot be removed is somebody else's and stays.
 *
 * @example sweepOrphans(Date.now())
 */
export function sweepOrphans(now: number, folder: string = tmpdir()): void {
  for (const path of orphans(now, folder)) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another user's on a shared machine: no reason not to start.
    }
  }
}

function isOrphan(path: string, now: number): boolean {
  const owner = ownerOf(path);
  if (owner !== undefined) return !isAlive(owner);
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && now - stats.mtimeMs > FORGOTTEN_MILLISECONDS;
}

/** A folder says in its name whose it is, a lock in its text. */
function ownerOf(path: string): number | undefined {
  if (/\.lock(\.|$)/.test(path)) return holderOf(path);
  const named = /-(\d+)-[^-/]+$/.exec(path)?.[1];
  return named === undefined ? undefined : Number(named);
}
