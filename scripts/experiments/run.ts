import type { Platform, Surroundings } from '../cloud/shared/platform.ts';
import { Failure } from '../shared/failure.ts';
import type { Bench, Experiment } from './experiment.ts';
import type { Journal } from './journal.ts';
import { startLoad } from './load-clients.ts';
import type { Recording } from './recording.ts';

/** How long a line is repeated, and how often, in milliseconds of real time. */
const AWAITED_MILLISECONDS = 60_000;
const LOOK_MILLISECONDS = 300;

/** Longest part of a command's output that a recording keeps, in characters. */
const OUTPUT_CHARACTERS = 1_200;

export interface RunOptions {
  /** The stage's id: `01-all-in-one`. */
  readonly stage: string;
  /** The experiment's name: `restart`. */
  readonly name: string;
  /** The journal that the platform has been emitting to since it started. */
  readonly journal: Journal;
}

/**
 * Runs an experiment on a platform and answers with the recording: confirmed when every observation is
 * what the hypothesis expects, refuted else. An experiment that breaks off has no verdict: it rejects.
 *
 * @example
 * const journal = createJournal({ now: () => performance.now() });
 * const deployment = await deploy(stage, experiment.target, { port: 0, emit: journal.emit });
 * const recording = await runExperiment(experiment, deployment, { stage: stage.id, name: 'restart', journal });
 */
export async function runExperiment(
  experiment: Experiment,
  platform: Platform & Surroundings,
  { stage, name, journal }: RunOptions,
): Promise<Recording> {
  try {
    await experiment.run(createBench(platform, journal));
    journal.close();
  } catch (error) {
    throw new Failure(
      'E_EXPERIMENT_BROKE',
      `${stage}/experiments/${name}.ts broke off ${place(journal)}: ${(error as Error).message}. Mend the experiment, or the stage that it tests.`,
      undefined,
      { cause: error },
    );
  }
  const observations = journal.entries.filter((entry) => entry.type === 'observation');
  if (observations.length === 0) {
    throw new Failure(
      'E_EXPERIMENT_SILENT',
      `${stage}/experiments/${name}.ts observed nothing, so nothing is confirmed. Call bench.observe(what, seen, expected).`,
    );
  }
  return {
    format: 1,
    stage,
    experiment: name,
    target: experiment.target,
    verdict: observations.every(({ holds }) => holds) ? 'confirmed' : 'refuted',
    milliseconds: journal.elapsed(),
    entries: journal.entries,
  };
}

function createBench(platform: Platform & Surroundings, journal: Journal): Bench {
  const { names } = journal;

  async function commandLine(
    type: 'kubectl' | 'docker' | 'kn',
    line: string,
    run: (line: string) => Promise<string>,
  ): Promise<string> {
    // Instances are called as in the recording, `todo-1`; the platform has its own names for them.
    const words = line.split(' ').map((word) => names.instanceId(word));
    const note = (output: string): void =>
      journal.note({ type, line, output: excerpt(names.rename(output)) });
    try {
      const output = await run(words.join(' '));
      note(output);
      return output;
    } catch (error) {
      note((error as Error).message);
      throw error;
    }
  }

  return {
    async fetch(path, init) {
      const sent = new Request(new URL(path, 'http://stage'), init);
      const open = journal.request(sent.method, shownPath(path), textOf(init?.body));
      try {
        const response = await platform.fetch(path, init);
        open.answered(response.status, await shown(response));
        return response;
      } catch (error) {
        open.failed();
        throw error;
      }
    },
    async restart() {
      journal.note({ type: 'restart' });
      await platform.restart();
    },
    async kill(instance) {
      journal.note(instance === undefined ? { type: 'kill' } : { type: 'kill', instance });
      await platform.kill(instance === undefined ? undefined : names.instanceId(instance));
    },
    async wait(milliseconds) {
      journal.note({ type: 'wait', milliseconds });
      await platform.wait(milliseconds);
    },
    instances: () =>
      platform.instances().map((view) => ({ ...view, id: names.instance(view.id, view.service) })),
    async redeploy(environment) {
      journal.note({ type: 'redeploy', environment });
      await platform.redeploy(environment);
    },
    async kubectl(line, isAwaited) {
      const { kubectl } = platform;
      if (!kubectl) throw new Error('this target is no cluster: it has no kubectl');
      return commandLine('kubectl', line, isAwaited ? repeated(kubectl, isAwaited) : kubectl);
    },
    load(path, clients) {
      journal.note({ type: 'load', path, clients });
      const running = startLoad(platform, path, clients);
      return {
        async stop() {
          const { milliseconds, ...outcome } = await running.stop();
          const { answered, failures } = outcome;
          journal.note({
            type: 'load-over',
            path,
            answered,
            failed: failures.length,
            milliseconds,
          });
          return outcome;
        },
      };
    },
    async docker(line) {
      if (!platform.docker) throw new Error('this target is no Docker');
      return commandLine('docker', line, platform.docker);
    },
    async kn(line) {
      if (!platform.kn) throw new Error('this target has no Knative');
      return commandLine('kn', line, platform.kn);
    },
    async interrupt(service) {
      journal.note({ type: 'interrupt', service });
      await platform.interrupt(service);
    },
    async restore(service) {
      journal.note({ type: 'restore', service });
      await platform.restore(service);
    },
    step: (what) => journal.note({ type: 'step', what }),
    observe(what, seen, expected) {
      // As JSON, since that is how it is kept: what is observed cannot change any more.
      const holds = canonical(seen) === canonical(expected);
      journal.note({
        type: 'observation',
        what,
        seen: plain(seen),
        expected: plain(expected),
        holds,
      });
    },
  };
}

/** Repeats a line until its output is as awaited, or a minute is over: then it answers with what there is. */
function repeated(
  run: (line: string) => Promise<string>,
  isAwaited: (output: string) => boolean,
): (line: string) => Promise<string> {
  return async (line) => {
    const end = performance.now() + AWAITED_MILLISECONDS;
    for (;;) {
      const output = await run(line);
      if (isAwaited(output) || performance.now() > end) return output;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
    }
  };
}

/** The body as text without using it up; of a page or picture only its kind. */
async function shown(response: Response): Promise<string> {
  const type = response.headers.get('content-type') ?? '';
  const text = await response.clone().text();
  return text === '' || /^$|json|plain/.test(type) ? text : `(${type}, ${text.length} characters)`;
}

function excerpt(text: string): string {
  return text.length > OUTPUT_CHARACTERS ? `${text.slice(0, OUTPUT_CHARACTERS)}…` : text;
}

/** Of an address beside the stage only the path is the same in every run; a CDN is what can be asked there. */
function shownPath(path: string): string {
  if (path.startsWith('/')) return path;
  const { pathname, search } = new URL(path);
  return `cdn:${pathname}${search}`;
}

function textOf(body: RequestInit['body']): string | undefined {
  if (body === undefined || body === null) return undefined;
  return typeof body === 'string' ? body : '(not text)';
}

function place({ entries }: Journal): string {
  const step = entries.findLast((entry) => entry.type === 'step');
  return step?.type === 'step' ? `at "${step.what.en}"` : 'before its first step';
}

function plain(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

/** JSON with the members of every object in one order, so that equal values are equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(plain(value), (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
