import type { Stage } from '../stages/catalogue.ts';
import type { Target } from '../stages/schema.ts';
import { availabilityFor, isRequired } from '../targets/index.ts';
import { compareRecordings } from './compare.ts';
import { listExperiments, loadExperiment } from './load.ts';
import { performExperiment, type PerformOptions } from './perform.ts';
import { readRecording, writeRecording } from './store.ts';

/** What became of one experiment when it was run again. */
export interface Replay {
  readonly stage: string;
  readonly experiment: string;
  /**
   * `same`: as recorded. `skipped`: its target is not on this machine. The others say what is to be done:
   * see `differences`.
   */
  readonly outcome: 'same' | 'written' | 'skipped' | 'changed' | 'missing' | 'refuted' | 'broken';
  readonly differences: readonly string[];
  readonly seconds: number;
}

export interface ReplayOptions extends PerformOptions {
  /**
   * `compare`: only tells what differs. `changes`: writes a recording whose verdict or causal order has
   * changed, so that times alone touch no file. `all`: writes every one.
   */
  readonly write: 'compare' | 'changes' | 'all';
}

/**
 * Runs every experiment of a stage again and compares with its recording, or writes it. A run that is
 * refuted is never written: what the page shows has held.
 *
 * @example for await (const replay of replayStage(stage, { write: 'compare' })) console.log(replay.outcome);
 */
export async function* replayStage(
  stage: Stage,
  { write, ...options }: ReplayOptions,
): AsyncGenerator<Replay> {
  for (const name of listExperiments(stage)) {
    const began = performance.now();
    const became = await replay(stage, name, write, options);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    yield { stage: stage.id, experiment: name, ...became, seconds };
  }
}

async function replay(
  stage: Stage,
  name: string,
  write: ReplayOptions['write'],
  options: PerformOptions,
): Promise<Pick<Replay, 'outcome' | 'differences'>> {
  const recorded = readRecording(stage, name);
  let recording;
  try {
    const missing = await missingTarget(stage, name);
    if (missing !== undefined) return { outcome: 'skipped', differences: [missing] };
    recording = await performExperiment(stage, name, options);
  } catch (error) {
    return { outcome: 'broken', differences: [(error as Error).message] };
  }
  if (recording.verdict === 'refuted') {
    const refuting = recording.entries.flatMap((entry) =>
      entry.type === 'observation' && !entry.holds
        ? [
            `${entry.what.en}: ${JSON.stringify(entry.seen)}, expected ${JSON.stringify(entry.expected)}`,
          ]
        : [],
    );
    return { outcome: 'refuted', differences: refuting };
  }
  const differences = recorded ? compareRecordings(recorded, recording) : [];
  const same = recorded !== undefined && differences.length === 0;
  if (write === 'compare') {
    return { outcome: recorded ? (same ? 'same' : 'changed') : 'missing', differences };
  }
  if (same && write === 'changes') return { outcome: 'same', differences };
  await writeRecording(stage, recording);
  return { outcome: 'written', differences };
}

/** Why an experiment cannot run on this machine, where that is no fault. */
async function missingTarget(stage: Stage, name: string): Promise<string | undefined> {
  const target = (await loadExperiment(stage, name)).target as Target;
  const here = await availabilityFor(stage, target);
  if (!here || here.available || isRequired(target, stage)) return undefined;
  return [here.reason, here.remedy].filter(Boolean).join('. ');
}
