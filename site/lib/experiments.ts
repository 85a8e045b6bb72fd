import { loadExperiment, readRecording } from '../../scripts/experiments/index.ts';
import type { Experiment } from '../../scripts/experiments/experiment.ts';
import type { Recording } from '../../scripts/experiments/recording.ts';
import { stageOf } from './stages.ts';

/**
 * An experiment of a stage and its recorded run, as the page shows them.
 *
 * @example (await recordedExperiment('01-all-in-one', 'restart')).recording.verdict // 'confirmed'
 */
export async function recordedExperiment(
  stage: string,
  name: string,
): Promise<{ experiment: Experiment; recording: Recording }> {
  const of = stageOf(stage);
  return {
    experiment: await loadExperiment(of, name),
    recording: await readRecording(of, name),
  };
}
