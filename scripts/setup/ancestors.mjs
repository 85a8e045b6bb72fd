// npm starts a shell that starts the script, and a shell does not end with npm: whether npm is still
// there is seen from the parent's parent.
import { readFileSync } from 'node:fs';

/**
 * The process ids of the parent and, where it can be read, of the parent's parent. Another answer
 * later means that one of them is gone.
 *
 * @example const before = ancestors(); setInterval(() => { if (ancestors() !== before) stop(); }, 500);
 */
export function ancestors() {
  const parent = process.ppid;
  try {
    // "pid (name) state ppid …", and the name may hold anything: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const status = readFileSync(`/proc/${parent}/stat`, 'utf8');
    return `${parent} ${status.slice(status.lastIndexOf(')')).split(' ')[2]}`;
  } catch {
    // No /proc on macOS, whose sh hands over to its last command: there the parent is npm.
    return `${parent}`;
  }
}
