import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What `npm run -s stage -- list --json` says of a stage, as far as the tests need it. */
export interface ListedStage {
  readonly number: number;
  readonly id: string;
  readonly title: { readonly en: string; readonly 'zh-CN': string };
  readonly targets: readonly string[];
  /** What runs beside it: `tablestore`, `cdn`. */
  readonly services: readonly string[];
  readonly signIn: 'none' | 'automatic' | 'accounts';
}

/**
 * Every stage, from the command line.
 *
 * @example (await listStages()).map(({ id }) => id)
 */
export async function listStages(): Promise<ListedStage[]> {
  const child = stageCommand(['list', '--json']);
  const [output] = await Promise.all([readAll(child), once(child, 'close')]);
  return JSON.parse(output) as ListedStage[];
}

/**
 * Starts a stage on any free port, as a reader does, and waits for its URL.
 *
 * @example const running = await runStage(1); … await running.stop();
 */
export async function runStage(stage: number): Promise<{ url: string; stop(): Promise<void> }> {
  const child = stageCommand(['run', String(stage), 'process', '--port', '0', '--json']);
  const ended = once(child, 'close');
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += String(chunk)));
  const url = await new Promise<string>((resolve, reject) => {
    let lines = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      lines += String(chunk);
      const started = /^\{"type":"started".*$/m.exec(lines)?.[0];
      if (started) resolve((JSON.parse(started) as { url: string }).url);
    });
    ended.then(
      () => reject(new Error(`stage ${stage} ended before it listened:\n${said}`)),
      reject,
    );
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function stageCommand(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['scripts/setup/run.mjs', 'scripts/stage.ts', ...words], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function readAll(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) text += String(chunk);
  return text;
}
