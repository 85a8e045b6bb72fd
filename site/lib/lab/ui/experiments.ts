import type { Experiment } from '../../../../scripts/experiments/experiment.ts';
import { createJournal } from '../../../../scripts/experiments/journal.ts';
import type { Entry, Recording } from '../../../../scripts/experiments/recording.ts';
import { runExperiment } from '../../../../scripts/experiments/run.ts';
import { experimentTarget } from '../../../../scripts/lab/experiment-target.ts';
import type { LabTarget } from '../../../../scripts/lab/payload.ts';
import { openSession, type SessionOptions } from './session.ts';

/** An experiment of the stage, and its recorded run. */
export interface Offered {
  readonly name: string;
  readonly experiment: Experiment;
  readonly recording: Recording | undefined;
}

type Modules<Content> = Readonly<Record<string, () => Promise<{ default: Content }>>>;

/** The stages' own files, each a chunk of its own that is fetched when its stage starts. */
const EXPERIMENTS: Modules<Experiment> = import.meta.glob<{ default: Experiment }>([
  '/stages/*/experiments/*.ts',
  '!/stages/*/experiments/experiment.ts',
]);
const RECORDINGS: Modules<Recording> = import.meta.glob<{ default: Recording }>(
  '/stages/*/experiments/*.run.json',
);

/**
 * The experiments of a stage, in the order in which the lesson shows them.
 *
 * @example (await loadExperiments('01-all-in-one')).map(({ name }) => name) // ['restart', 'two-instances']
 */
export async function loadExperiments(stage: string): Promise<Offered[]> {
  const folder = `/stages/${stage}/experiments/`;
  const paths = Object.keys(EXPERIMENTS).filter((path) => path.startsWith(folder));
  const nameOf = (path: string): string => path.slice(folder.length, -'.ts'.length);
  const lesson = Array.from(document.querySelectorAll('[id^="experiment-"]'), ({ id }) => id);
  const place = (path: string): number => lesson.indexOf(`experiment-${nameOf(path)}`);
  return Promise.all(
    paths
      .toSorted((a, b) => place(a) - place(b))
      .map(async (path) => {
        const name = nameOf(path);
        const [experiment, recording] = await Promise.all([
          EXPERIMENTS[path]?.(),
          RECORDINGS[`${folder}${name}.run.json`]?.(),
        ]);
        if (!experiment) throw new TypeError(`${path} is no module`);
        return { name, experiment: experiment.default, recording: recording?.default };
      }),
  );
}

/**
 * Where an experiment runs in this tab; undefined for one that can only be shown as it was recorded.
 *
 * @example targetOf(offered) // 'process'
 */
export function targetOf({ experiment, recording }: Offered): LabTarget | undefined {
  return experimentTarget(experiment.target, recording) as LabTarget | undefined;
}

export interface RunOptions extends Omit<SessionOptions, 'target' | 'emit'> {
  readonly stage: string;
  readonly offered: Offered;
  onEntry(entries: readonly Entry[]): void;
  /** Ends the run early, and all it started. */
  readonly signal: AbortSignal;
}

/**
 * Runs an experiment on a copy of the stage of its own, so that neither the reader's todos are seen nor
 * the experiment's left behind.
 *
 * @example const recording = await runOffered({ stage, offered, files, drawn, sources, onEntry });
 */
export async function runOffered(options: RunOptions): Promise<Recording> {
  const { stage, offered, onEntry, signal, ...sessionOptions } = options;
  const { name, experiment } = offered;
  const target = targetOf(offered);
  if (!target) throw new TypeError(`${name} does not run in a tab`);
  const journal = createJournal({
    now: () => performance.now(),
    tidy: (text) => text.replaceAll(/\b(localhost|127\.0\.0\.1):\d+/g, '$1:<port>'),
    onEntry: () => onEntry(journal.entries),
  });
  const session = await openSession({
    ...sessionOptions,
    target,
    emit: journal.emit,
  });
  const { deployment } = session;
  const close = (): void => void deployment.close();
  signal.addEventListener('abort', close);
  try {
    signal.throwIfAborted();
    return await runExperiment(experiment, deployment, { stage, name, journal });
  } finally {
    signal.removeEventListener('abort', close);
    await deployment.close();
  }
}
