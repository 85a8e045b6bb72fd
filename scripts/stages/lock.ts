import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const RETRY_MILLISECONDS = 100;
/** Longer than any installation: after it the lock's process id belongs to another program. */
const STALE_MILLISECONDS = 15 * 60_000;

/**
 * Runs `work` while no other process holds the same lock file. A lock whose process has ended is taken over.
 *
 * @example await withLock('/tmp/install.lock', () => install())
 */
export async function withLock<Result>(
  file: string,
  work: () => Promise<Result>,
  onWait: (holder: number) => void = () => {},
): Promise<Result> {
  const claim = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(claim, String(process.pid));
  try {
    for (let waited = false; !take(claim, file); waited = true) {
      const holder = holderOf(file);
      if (holder !== undefined && (!isAlive(holder) || isStale(file))) {
        rmSync(file, { force: true });
        continue;
      }
      if (!waited && holder !== undefined) onWait(holder);
      await pause(RETRY_MILLISECONDS);
    }
  } finally {
    rmSync(claim, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A hard link appears with its content and fails when the name is taken: no moment without an owner. */
function take(claim: string, file: string): boolean {
  try {
    linkSync(claim, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * The process that holds a lock file, or waits for it with a claim; undefined where there is none.
 *
 * @example holderOf('/tmp/install.lock') // 4711
 */
export function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isStale(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > STALE_MILLISECONDS;
}

/**
 * Whether a process of that id runs, of whichever user.
 *
 * @example isAlive(process.pid) // true
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
