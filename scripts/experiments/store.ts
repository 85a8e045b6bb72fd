import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../shared/failure.ts';
import type { Stage } from '../stages/catalogue.ts';
import type { Recording } from './recording.ts';

type Located = Pick<Stage, 'id' | 'number' | 'directory'>;

/**
 * The recorded run that is kept beside an experiment, or undefined when it was never recorded.
 *
 * @example readRecording(findStage(readStages(), '1'), 'restart')?.verdict // 'confirmed'
 */
export function readRecording(stage: Located, name: string): Recording | undefined {
  const file = recordingFile(stage, name);
  if (!existsSync(file)) return undefined;
  let recording: Partial<Recording>;
  try {
    recording = JSON.parse(readFileSync(file, 'utf8')) as Partial<Recording>;
  } catch (error) {
    throw unreadable(stage, name, (error as Error).message, error);
  }
  if (
    recording.format !== 1 ||
    recording.experiment !== name ||
    !Array.isArray(recording.entries)
  ) {
    throw unreadable(stage, name, `expected a recording of "${name}" in format 1`);
  }
  return recording as Recording;
}

/**
 * Keeps a recorded run beside its experiment, in the repository's format; the file is never half-written.
 *
 * @example await writeRecording(stage, recording) // stages/01-all-in-one/experiments/restart.run.json
 */
export async function writeRecording(stage: Located, recording: Recording): Promise<void> {
  const file = recordingFile(stage, recording.experiment);
  const { format } = await import('oxfmt');
  const { code } = await format(file, JSON.stringify(recording, null, 2), { printWidth: 100 });
  writeFileSync(`${file}.tmp`, code);
  renameSync(`${file}.tmp`, file);
}

/** Where the recorded run of an experiment is kept. */
export function recordingFile({ directory }: Pick<Stage, 'directory'>, name: string): string {
  return join(directory, 'experiments', `${name}.run.json`);
}

function unreadable(
  { id, number }: Located,
  name: string,
  problem: string,
  cause?: unknown,
): Failure {
  return new Failure(
    'E_RECORDING',
    `${id}/experiments/${name}.run.json: ${problem}. Delete it and record it again: npm run record ${number}`,
    undefined,
    { cause },
  );
}
