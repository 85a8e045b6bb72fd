import type { Experiment } from '../../scripts/experiments/experiment.ts';
import { loadExperiment } from '../../scripts/experiments/load.ts';
import type { Recording } from '../../scripts/experiments/recording.ts';
import { readRecording } from '../../scripts/experiments/store.ts';
import { stageOf } from './stages.ts';

/**
 * An experiment of a stage and its recorded run, if there is one yet.
 *
 * @example (await recordedExperiment('01-all-in-one', 'restart')).recording?.verdict // 'confirmed'
 */
export async function recordedExperiment(
  id: string,
  name: string,
): Promise<{ experiment: Experiment; recording: Recording | undefined }> {
  const stage = stageOf(id);
  return { experiment: await loadExperiment(stage, name), recording: readRecording(stage, name) };
}
