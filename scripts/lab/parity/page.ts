// Runs in a browser: the same script and the same experiments on the worker host, and what they cost.
import { createSkippableClock } from '../../cloud/shared/skippable-clock.ts';
import type { PlatformEvent } from '../../cloud/shared/events.ts';
import { systemClock } from '../../cloud/shared/system-clock.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import { createJournal } from '../../experiments/journal.ts';
import { compareRecordings } from '../../experiments/compare.ts';
import type { Recording, Verdict } from '../../experiments/recording.ts';
import { runExperiment } from '../../experiments/run.ts';
import { createLabDeployment, type LabDeployment, type LabOptions } from '../deployment.ts';
import { experimentTarget } from '../experiment-target.ts';
import { loadLab } from '../load.ts';
import { record, type Told } from './transcript.ts';

type Target = LabOptions['target'];

/** `stage/name` -> experiment; the program puts them here. */
declare const experiments: Readonly<Record<string, Experiment>>;

const loaded = (stage: string) => loadLab(new URL('/lab/', location.href), stage);

export interface LabPage {
  /** Sends the script to a stage. */
  transcript(stage: string, target: Target): Promise<Told[]>;
  /** Runs an experiment; how it differs from the recorded run. Undefined for one that a tab has no target for. */
  experiment(
    stage: string,
    name: string,
  ): Promise<{ verdict: Verdict; differences: string[] } | undefined>;
  /** Milliseconds from nothing to listening, and of a request, several times. */
  measure(stage: string, times: number): Promise<{ boot: number[]; request: number[] }>;
  create(options: Omit<LabOptions, 'files'> & { stage: string }): Promise<LabDeployment>;
}

const page: LabPage = {
  async transcript(stage, target) {
    const events: PlatformEvent[] = [];
    const deployment = await createLabDeployment({
      files: await loaded(stage),
      target,
      emit: (event) => events.push(event),
    });
    try {
      return await record(deployment, events);
    } finally {
      await deployment.close();
    }
  },
  async experiment(stage, name) {
    const experiment = experiments[`${stage}/${name}`];
    if (!experiment) throw new Error(`no experiment "${name}" in ${stage}`);
    const recorded = (await (await fetch(`/recorded/${stage}/${name}`)).json()) as Recording;
    const target = experimentTarget(experiment.target, recorded);
    if (target === undefined) return undefined;
    const journal = createJournal({ now: () => performance.now() });
    const deployment = await createLabDeployment({
      files: await loaded(stage),
      target: target as Target,
      emit: journal.emit,
      clock: createSkippableClock(systemClock),
    });
    try {
      const recording = await runExperiment(experiment, deployment, { stage, name, journal });
      return {
        verdict: recording.verdict,
        differences: compareRecordings(recorded, recording),
      };
    } finally {
      await deployment.close();
    }
  },
  async measure(stage, times) {
    const files = await loaded(stage);
    const boot: number[] = [];
    const request: number[] = [];
    for (let round = 0; round < times; round += 1) {
      const begun = performance.now();
      const deployment = await createLabDeployment({ files, target: 'process' });
      boot.push(performance.now() - begun);
      for (let each = 0; each < times; each += 1) {
        const sent = performance.now();
        await (await deployment.fetch('/api/rule')).text();
        request.push(performance.now() - sent);
      }
      await deployment.close();
    }
    return { boot, request };
  },
  create: async ({ stage, ...options }) =>
    createLabDeployment({ ...options, files: await loaded(stage) }),
};

Object.assign(globalThis, { lab: page });
