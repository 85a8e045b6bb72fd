import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A process as `ps` shows it; `resident` in kilobytes. */
interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly resident: number;
}

/**
 * The memory that the processes below one hold, in bytes. Pages that several share count for each, as they do
 * for a platform that bills by instance.
 *
 * @example await memoryBelow(process.pid) // 73_400_320
 */
export async function memoryBelow(pid: number): Promise<number> {
  const ps = promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  const own = ps.child.pid;
  const rows = parseRows((await ps).stdout).filter((row) => row.pid !== own);
  return residentBelow(rows, pid) * 1024;
}

/**
 * The same of what `ps` has printed, in kilobytes.
 *
 * @example residentBelow([{ pid: 2, parent: 1, resident: 10 }, { pid: 3, parent: 2, resident: 5 }], 1) // 15
 */
export function residentBelow(rows: readonly Row[], pid: number): number {
  return rows
    .filter(({ parent }) => parent === pid)
    .reduce((sum, row) => sum + row.resident + residentBelow(rows, row.pid), 0);
}

/** @example parseRows('  12  1  2048\n') // [{ pid: 12, parent: 1, resident: 2048 }] */
export function parseRows(text: string): Row[] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, resident = 0]) => ({ pid, parent, resident }));
}
