import { type ChildProcess, spawn } from 'node:child_process';

export interface Call {
  /** Variables that it sees beside our own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What it reads from its standard input. */
  readonly input?: string;
}

/** A program of the machine that is called again and again: `docker`, `kubectl`. */
export interface Program {
  /** Runs it with these words to its end; answers with its standard output, or rejects with a `Failure`. */
  run(words: readonly string[], call?: Call): Promise<string>;
  /** Starts one that goes on, such as `logs --follow`. */
  start(words: readonly string[], call?: Call): ChildProcess;
}

/**
 * Names a program of the machine. `explain` makes a failure that a person can act on of what it said last.
 *
 * @example await createProgram('docker', explain).run(['version'])
 */
export function createProgram(
  name: string,
  explain: (words: readonly string[], error: NodeJS.ErrnoException) => Error,
): Program {
  const start: Program['start'] = (words, { environment, input } = {}) => {
    const child = spawn(name, words, {
      env: { ...process.env, ...environment },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // Its own process group: Ctrl-C on the terminal must not break off what tidies up.
      detached: true,
    });
    // One that ends before it has read all says why by its exit code.
    child.stdin?.on('error', () => undefined).end(input);
    return child;
  };
  return {
    start,
    async run(words, call) {
      const child = start(words, call);
      // What still works for us when we end has nobody left to work for.
      const end = (): void => void child.kill();
      process.once('exit', end);
      let out = '';
      let said = '';
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        out += chunk;
        said += chunk;
      });
      child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
      try {
        const code = await new Promise<number | null>((resolve, reject) => {
          child.once('error', reject).once('close', resolve);
        });
        if (code !== 0) throw new Error(said.trim() || `exit code ${code}`);
        return out.trim();
      } catch (error) {
        throw explain(words, error as NodeJS.ErrnoException);
      } finally {
        process.off('exit', end);
      }
    },
  };
}
