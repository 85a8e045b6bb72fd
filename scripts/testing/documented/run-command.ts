import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { delimiter } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ONCE_LIMIT_MILLISECONDS = 180_000;
const START_LIMIT_MILLISECONDS = 90_000;
const GONE_LIMIT_MILLISECONDS = 2_000;
const STOP_LIMIT_MILLISECONDS = 10_000;

/**
 * Runs a command to its end; the answer is what went wrong, or undefined.
 *
 * @example await runOnce('npm run stage list', course)
 */
export async function runOnce(command: string, folder: string): Promise<string | undefined> {
  const shell = start(command, folder);
  const code = await Promise.race([
    shell.ended,
    pause(ONCE_LIMIT_MILLISECONDS, 'late' as const, { ref: false }),
  ]);
  if (code === 0) return undefined;
  shell.signal('SIGKILL');
  const what =
    code === 'late'
      ? `did not end in ${ONCE_LIMIT_MILLISECONDS / 1000} s`
      : `ended with code ${code}`;
  return `${what}:\n${shell.output()}`;
}

/**
 * Runs a command until it prints a URL, asks that URL, and ends it as Ctrl-C in a terminal does: SIGINT
 * to all of its processes. The answer is what went wrong, or undefined; afterwards neither a process nor
 * the port may be left.
 *
 * @example await runServer('npm run stage run 1', course)
 */
export async function runServer(
  command: string,
  folder: string,
  stopWithin = STOP_LIMIT_MILLISECONDS,
): Promise<string | undefined> {
  const shell = start(command, folder);
  try {
    const url = await firstUrl(shell);
    if (url === undefined) return `printed no URL:\n${shell.output()}`;
    const { status } = await fetch(url);
    if (status !== 200) return `${url} answered ${status}:\n${shell.output()}`;
    shell.signal('SIGINT');
    const code = await Promise.race([
      shell.ended,
      pause(stopWithin, 'late' as const, { ref: false }),
    ]);
    if (code === 'late')
      return `did not end ${stopWithin / 1000} s after Ctrl-C:\n${shell.output()}`;
    if (!(await isGone(shell))) return `left a process behind:\n${shell.output()}`;
    return (await answers(url)) ? `${url} still answers after the end` : undefined;
  } finally {
    shell.signal('SIGKILL');
  }
}

/** A package that is here already is not asked for again, and nobody is told of what is installed. */
const QUIET = {
  ASTRO_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
  npm_config_prefer_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
};

interface Shell {
  readonly ended: Promise<number | null>;
  output(): string;
  /** To the shell and all it has started. */
  signal(signal: NodeJS.Signals): void;
  isAlive(): boolean;
}

function start(command: string, folder: string): Shell {
  const child: ChildProcess = spawn(command, {
    cwd: folder,
    detached: true,
    env: { ...readersEnvironment(), ...QUIET },
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (output += String(chunk)));
  const signal = (name: NodeJS.Signals | 0) => {
    try {
      return child.pid !== undefined && process.kill(-child.pid, name);
    } catch {
      // ESRCH: nothing of the group is left.
      return false;
    }
  };
  const killAtExit = () => void signal('SIGKILL');
  process.once('exit', killAtExit);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => {
      process.off('exit', killAtExit);
      resolve(code);
    });
  });
  return {
    ended,
    output: () => output.trim(),
    signal: (name) => void signal(name),
    isAlive: () => signal(0),
  };
}

/** What a reader's shell holds: nothing that npm or this test added. */
function readersEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|INIT_CWD$|CI$|FORCE_COLOR$)/i.test(name),
  );
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}

/** In a line that is not of an instance's log, such as `web-1 | listening on http://localhost:40001`. */
const TOLD = /^(?!.* \| ).*?(https?:\/\/localhost:\d+\/?)/m;

async function firstUrl(shell: Shell): Promise<string | undefined> {
  const state = { over: false };
  void shell.ended.then(() => (state.over = true));
  const deadline = Date.now() + START_LIMIT_MILLISECONDS;
  while (!state.over && Date.now() < deadline) {
    const url = TOLD.exec(shell.output())?.[1];
    if (url !== undefined) return url;
    await pause(50);
  }
  return undefined;
}

/** The system takes a moment to clear away a process whose parent has ended before it. */
async function isGone(shell: Shell): Promise<boolean> {
  const deadline = Date.now() + GONE_LIMIT_MILLISECONDS;
  while (shell.isAlive() && Date.now() < deadline) await pause(20);
  return !shell.isAlive();
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
