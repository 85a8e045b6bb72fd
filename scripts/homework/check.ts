import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployment } from '../cloud/shared/platform.ts';
import { Failure } from '../shared/failure.ts';
import type { Stage } from '../stages/catalogue.ts';
import type { Text } from '../stages/schema.ts';
import { deploy } from '../targets/index.ts';
import { Unmet } from './expect.ts';
import type { StartOptions, Task } from './task.ts';

export interface StepResult {
  readonly says: Text;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What was expected and found, when it failed. */
  readonly reason?: string;
}

export interface CheckOptions {
  readonly onStep?: (result: StepResult) => void;
  readonly say?: (line: string) => void;
  /** Told how to end all that has been started, for whoever breaks off. */
  readonly onStart?: (stop: () => Promise<void>) => void;
}

/**
 * Tries a task's steps on a copy of its stage; after one that does not hold, the others are skipped.
 * Nothing that was started is left running.
 *
 * @example await checkTask(oneTodo, findStage(readStages(), '3'), '../homework-3')
 */
export async function checkTask(
  task: Task,
  stage: Stage,
  directory: string,
  options: CheckOptions = {},
): Promise<StepResult[]> {
  const started = new Map<string, Promise<Deployment>>();
  const stop = async (): Promise<void> => {
    const all = await Promise.allSettled(started.values());
    const running = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    await Promise.all(running.map((deployment) => deployment.close()));
  };
  options.onStart?.(stop);
  const start = ({ target = 'process', environment = {} }: StartOptions = {}) => {
    const key = JSON.stringify([target, environment]);
    const known =
      started.get(key) ??
      deploy({ ...stage, directory }, target, {
        port: 0,
        environment,
        say: options.say ?? (() => undefined),
      });
    started.set(key, known);
    return known;
  };
  const results: StepResult[] = [];
  try {
    for (const { says, run } of task.steps) {
      const before = results.at(-1);
      const result: StepResult =
        before && before.outcome !== 'passed'
          ? { says, outcome: 'skipped' }
          : await outcomeOf(says, () => run({ start, read: (path) => readIn(directory, path) }));
      results.push(result);
      options.onStep?.(result);
    }
    return results;
  } finally {
    await stop();
  }
}

async function outcomeOf(says: Text, run: () => Promise<void>): Promise<StepResult> {
  try {
    await run();
    return { says, outcome: 'passed' };
  } catch (error) {
    // A copy that does not start, or breaks off an answer, is the reader's to mend too.
    const reason =
      error instanceof Unmet
        ? error.message
        : error instanceof Failure
          ? `${error.code}: ${error.message}`
          : `it did not run: ${(error as Error).message}`;
    return { says, outcome: 'failed', reason };
  }
}

function readIn(directory: string, path: string): string | undefined {
  try {
    return readFileSync(join(directory, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
