import { spawn } from 'node:child_process';

/**
 * Waits for the end of its input, which comes when the parent is gone, by SIGKILL too. A program that
 * spins in a loop cannot notice that by itself, so somebody else has to. `$1` is the process, `$2` its
 * temporary folder: the parent removes the folder when the process has ended in the ordinary way.
 */
const END_PROCESS = `[ -d "$2" ] || exit 0
kill -TERM "$1"
sleep 1
kill -KILL "$1"
rm -rf "$2"`;

/**
 * Ends a process within 2 s when this one is gone, and removes its temporary folder. The answer lets go.
 *
 * @example
 * const release = guard(child.pid, folder);
 * child.once('close', release);
 */
export function guard(pid: number, folder: string): () => void {
  return whenParentIsGone(END_PROCESS, [String(pid), folder]);
}

/**
 * Runs a script of the shell when this process is gone, however it went. The answer lets go.
 *
 * @example const release = whenParentIsGone('docker rm --force "$1"', ['web-1']);
 */
export function whenParentIsGone(script: string, args: readonly string[]): () => void {
  const shell = spawn('sh', ['-c', `read -r _\n${script}`, 'guard', ...args], {
    // Its own process group: Ctrl-C on the terminal must not end the guard before its charge.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell the instance runs unguarded; nothing else depends on it.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  return () => void shell.kill('SIGKILL');
}
