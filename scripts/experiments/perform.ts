import { symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../shared/failure.ts';
import type { Stage } from '../stages/catalogue.ts';
import { copyStage } from '../stages/copy.ts';
import { installStage } from '../stages/install.ts';
import type { Target } from '../stages/schema.ts';
import { makeTemporaryFolder } from '../stages/temporary.ts';
import { deploy } from '../targets/index.ts';
import { createJournal } from './journal.ts';
import { loadExperiment } from './load.ts';
import type { Entry, Recording } from './recording.ts';
import { runExperiment } from './run.ts';

export interface PerformOptions {
  /** Hears each entry as it happens. */
  readonly onEntry?: (entry: Entry) => void;
  /** Hears what is done before: packages installed, a bundle built. */
  readonly say?: (line: string) => void;
  /** Hands out what ends the run early and removes all it made. */
  readonly onStart?: (stop: () => Promise<void>) => void;
  /** Another target than the experiment's own, such as a real cluster in the place of the local one. */
  readonly target?: Target;
}

/**
 * Runs one experiment of a stage in the local cloud, on a copy of the stage so that neither a reader's
 * todos are seen nor an experiment's left behind. When it resolves nothing of the run is left.
 *
 * @example const recording = await performExperiment(findStage(readStages(), '1'), 'restart');
 */
export async function performExperiment(
  stage: Stage,
  name: string,
  { onEntry, say, onStart, target }: PerformOptions = {},
): Promise<Recording> {
  const written = await loadExperiment(stage, name);
  const experiment = { ...written, target: target ?? written.target };
  await installStage(stage.directory, say);
  const directory = makeTemporaryFolder('experiment');
  const ended = new AsyncDisposableStack();
  ended.defer(() => rm(directory, { recursive: true, force: true }));
  onStart?.(() => ended.disposeAsync());
  try {
    copyStage(stage, directory);
    symlinkSync(join(stage.directory, 'node_modules'), join(directory, 'node_modules'));
    const journal = createJournal({
      now: () => performance.now(),
      tidy: (text) => tidy(text, [directory, stage.directory]),
      ...(onEntry ? { onEntry } : {}),
    });
    const starting = deploy({ ...stage, directory }, experiment.target as Target, {
      port: 0,
      emit: journal.emit,
      ...(say ? { say } : {}),
    });
    // Whoever stops the run while the stage is still starting waits until it can be closed.
    ended.defer(() =>
      starting.then(
        (deployment) => deployment.close(),
        () => undefined,
      ),
    );
    const deployment = await starting;
    if (ended.disposed) throw new Failure('E_EXPERIMENT_STOPPED', `${name} was broken off`);
    return await runExperiment(experiment, deployment, { stage: stage.id, name, journal });
  } finally {
    await ended.disposeAsync();
  }
}

/** The stage's folder becomes `/code`, where a function finds it; a port that was free becomes `<port>`. */
function tidy(text: string, folders: readonly string[]): string {
  return folders
    .reduce((tidied, folder) => tidied.replaceAll(folder, '/code'), text)
    .replaceAll(/\b(localhost|127\.0\.0\.1):\d+/g, '$1:<port>');
}
