import { readFile, rm, writeFile } from 'node:fs/promises';
import { logInUse } from '../errors.ts';

/**
 * Takes a log for this process, or throws when another one has it. One that was killed has it no more.
 *
 * @example const release = await lockLog('tables.log');
 */
export async function lockLog(path: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`;
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      return () => rm(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
      if (isAlive(owner)) throw logInUse(path, owner);
      await rm(lock, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
