import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../stage.ts', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** The command line as a process of its own, with the stages of a folder. */
export function startStage(
  words: readonly string[],
  options: { stages?: string; directory?: string; environment?: Record<string, string> } = {},
) {
  const { NO_COLOR: _, FORCE_COLOR: __, npm_lifecycle_event: ___, ...inherited } = process.env;
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [ENTRY, ...words],
    {
      cwd: options.directory,
      env: {
        ...inherited,
        ...(options.stages !== undefined && { STAGES_ROOT: options.stages }),
        ...options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const outcome = { code: null as number | null, out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (outcome.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (outcome.error += text));
  const ended: Promise<Outcome> = once(child, 'close').then(([code]) => {
    outcome.code = code as number | null;
    return outcome;
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  /** Resolves with the match as soon as the output holds it. */
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(outcome.out);
        if (match) resolve(match);
        return match;
      };
      if (look()) return;
      child.stdout.on('data', look);
      void ended.then(() => reject(new Error(`ended before it said ${pattern}: ${outcome.error}`)));
    });
  return { child, ended, says };
}

/** Runs a command to its end. */
export function runStage(...call: Parameters<typeof startStage>): Promise<Outcome> {
  return startStage(...call).ended;
}
