import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One step of the script of requests, as a host answered it. */
export interface Told {
  readonly step: string;
  readonly answers: readonly unknown[];
  readonly chains: readonly unknown[];
}

/** The bare page that runs stages on the worker host, and the same stages on Node. */
export interface LabProgram {
  readonly url: string;
  /** Stage -> its experiments. */
  readonly experiments: readonly (readonly [stage: string, names: readonly string[]])[];
  onNode(stage: string, target: string): Promise<Told[]>;
  stop(): Promise<void>;
}

/**
 * Starts scripts/lab/parity/program.ts and waits for its address.
 *
 * @example const program = await startLabProgram(); … await program.stop();
 */
export async function startLabProgram(): Promise<LabProgram> {
  const child = spawn(
    process.execPath,
    ['scripts/setup/run.mjs', 'scripts/lab/parity/program.ts'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout });
  const [url] = (await Promise.race([
    once(lines, 'line'),
    ended.then(() => {
      throw new Error('the program of the Lab ended before it listened');
    }),
  ])) as [string];
  const json = async <Result>(path: string): Promise<Result> =>
    (await (await fetch(url + path)).json()) as Result;
  return {
    url,
    experiments: await json<LabProgram['experiments']>('/experiments.json'),
    onNode: (stage, target) => json<Told[]>(`/node/${stage}/${target}`),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
