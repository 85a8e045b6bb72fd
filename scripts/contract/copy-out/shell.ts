import { execa } from 'execa';
import { Failure } from '../../shared/failure.ts';

/** How long a program may take to drain after SIGTERM; the stages themselves give up after 10 s. */
const STOP_GRACE_MILLISECONDS = 12_000;
/** After SIGKILL only a process that nobody reaps is left: a container's first process may not. */
const REAP_MILLISECONDS = 1_000;
/** How often a group of processes that is ending is looked at. */
const LOOK_MILLISECONDS = 20;
/** What of a program's output is shown when it fails. */
const LAST_LINES = 25;

/** A program that keeps running: a server. */
export interface Running {
  /** Rejects when the program ends before it is stopped. */
  readonly ended: Promise<never>;
  /** Ends the program and all that it started; resolves when none of them is left. */
  stop(): Promise<void>;
}

/** Runs programs in one environment, and ends all of them with it. */
export interface Shell {
  /** Runs a program to its end and answers with its output; a failing one is a `Failure` with its last lines. */
  run(command: string, args: readonly string[], directory: string): Promise<string>;
  start(
    command: string,
    args: readonly string[],
    directory: string,
    environment: Readonly<Record<string, string>>,
  ): Running;
  /** Ends what still runs; nothing can be started any more. */
  close(): Promise<void>;
}

/**
 * Opens a shell. Every program leads a process group of its own, so that npm's children end with npm.
 *
 * @example
 * const shell = createShell(cleanEnvironment(process.env));
 * await shell.run('npm', ['ci'], '/tmp/copy');
 * await shell.close();
 */
export function createShell(
  environment: Readonly<Record<string, string>>,
  grace = STOP_GRACE_MILLISECONDS,
): Shell {
  const groups = new Set<number>();
  let closed = false;
  const end = async (group: number): Promise<void> => {
    await endGroup(group, grace);
    groups.delete(group);
  };

  function launch(
    command: string,
    args: readonly string[],
    directory: string,
    extra: Readonly<Record<string, string>> = {},
  ) {
    if (closed) throw new Failure('E_CHECK_STOPPED', 'the check was broken off');
    const child = execa(command, args, {
      cwd: directory,
      env: { ...environment, ...extra },
      extendEnv: false,
      detached: true,
      cleanup: false,
      stdin: 'ignore',
      all: true,
      reject: false,
    });
    if (child.pid !== undefined) groups.add(child.pid);
    return child;
  }

  const failure = (command: string, args: readonly string[], said: string): Failure =>
    new Failure(
      'E_CHECK_COMMAND',
      `${[command, ...args].join(' ')} failed: ${said.trim().split('\n').slice(-LAST_LINES).join('\n')}`,
    );

  return {
    async run(command, args, directory) {
      const child = launch(command, args, directory);
      const result = await child;
      // What it left in the background would outlive it.
      if (child.pid !== undefined) await end(child.pid);
      if (result.failed) throw failure(command, args, result.all || (result.shortMessage ?? ''));
      return result.all;
    },
    start(command, args, directory, extra) {
      const child = launch(command, args, directory, extra);
      let stopping = false;
      const ended = new Promise<never>((_, reject) => {
        void child.then((result) => {
          if (!stopping) reject(failure(command, args, result.all || 'it ended by itself'));
        });
      });
      ended.catch(() => undefined);
      return {
        ended,
        async stop() {
          stopping = true;
          if (child.pid !== undefined) await end(child.pid);
          await child;
        },
      };
    },
    async close() {
      closed = true;
      await Promise.all([...groups].map(end));
    },
  };
}

/** SIGTERM to a group of processes, and SIGKILL when the grace is over. */
async function endGroup(group: number, grace: number): Promise<void> {
  const began = performance.now();
  let alive = signal(group, 'SIGTERM');
  while (alive) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
    const waited = performance.now() - began;
    alive = signal(group, waited > grace ? 'SIGKILL' : 0) && waited < grace + REAP_MILLISECONDS;
  }
}

/** Whether the group still had a process to receive the signal. */
function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
