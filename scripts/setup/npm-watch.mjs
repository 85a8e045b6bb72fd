// npm starts a shell that starts the script, and a shell does not end with npm: whether npm is still
// there is seen from the parent's parent.
import { readFileSync } from 'node:fs';

const CHECK_MILLISECONDS = 500;

/** npm and its shell, as long as they are there: read at once, since a set-up may take a while. */
const STARTED_BY = ancestors();

/**
 * Calls back once when the npm that started this process is gone: one that is ended or killed passes
 * nothing on. The answer calls it off.
 *
 * @example const callOff = whenNpmIsGone(() => child.kill('SIGTERM'));
 * @param {() => void} callback
 * @returns {() => void}
 */
export function whenNpmIsGone(callback) {
  if (process.env['npm_command'] === undefined) return () => undefined;
  const check = setInterval(() => {
    if (ancestors() === STARTED_BY) return;
    clearInterval(check);
    callback();
  }, CHECK_MILLISECONDS).unref();
  return () => clearInterval(check);
}

/**
 * The process ids of the parent and, where it can be read, of the parent's parent. Another answer
 * later means that one of them is gone.
 *
 * @returns {string}
 */
function ancestors() {
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
