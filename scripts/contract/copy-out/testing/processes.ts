import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A process that has ended and that nobody has asked for yet (Z) is not alive. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z\s]/.test(stdout.trim());
}

/** What a file holds, as soon as it holds anything. */
export async function fileAppears(file: string): Promise<string> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await pause(20);
  return readFileSync(file, 'utf8').trim();
}
