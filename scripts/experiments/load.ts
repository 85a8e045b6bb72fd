import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { EXIT, Failure } from '../shared/failure.ts';
import type { Stage } from '../stages/catalogue.ts';
import { text } from '../stages/schema.ts';
import type { Experiment } from './experiment.ts';

type Located = Pick<Stage, 'id' | 'number' | 'directory' | 'targets'>;

/** The interface of experiments lies beside them, so that a stage stands alone. */
const INTERFACE = 'experiment.ts';

/**
 * The names of a stage's experiments, in alphabetical order.
 *
 * @example listExperiments(findStage(readStages(), '1')) // ['restart', 'two-instances']
 */
export function listExperiments(stage: Pick<Stage, 'directory'>): string[] {
  const folder = join(stage.directory, 'experiments');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== INTERFACE)
    .map((name) => name.slice(0, -'.ts'.length))
    .toSorted();
}

const schema = z
  .looseObject({
    title: text,
    target: z.string(),
    hypothesis: text,
    prediction: z.strictObject({
      question: text,
      answers: z.array(z.strictObject({ text, holds: z.boolean() })).min(2),
    }),
    conclusion: text,
    run: z.custom<Experiment['run']>((value) => typeof value === 'function', 'a function'),
  })
  .refine(({ prediction }) => prediction.answers.filter(({ holds }) => holds).length === 1, {
    path: ['prediction', 'answers'],
    message: 'exactly one answer holds',
  });

/**
 * Loads one experiment of a stage and checks that it is whole.
 *
 * @example const experiment = await loadExperiment(findStage(readStages(), '1'), 'restart');
 */
export async function loadExperiment(stage: Located, name: string): Promise<Experiment> {
  const known = listExperiments(stage);
  if (!known.includes(name)) {
    const list = known.length === 0 ? 'It has none' : `Its experiments: ${known.join(', ')}`;
    throw new Failure(
      'E_EXPERIMENT_UNKNOWN',
      `stage ${stage.number} has no experiment "${name}". ${list}.`,
      EXIT.usage,
    );
  }
  const file = join(stage.directory, 'experiments', `${name}.ts`);
  const broken = (problem: string, cause?: unknown): Failure =>
    new Failure(
      'E_EXPERIMENT_INVALID',
      `${stage.id}/experiments/${name}.ts: ${problem}. See scripts/experiments/experiment.ts for what an experiment is.`,
      EXIT.checkFailed,
      { cause },
    );

  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    throw broken(`cannot be loaded, ${(error as Error).message}`, error);
  }
  const result = schema.safeParse(loaded.default);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw broken(`${['default', ...(issue?.path ?? [])].join('.')}: ${issue?.message}`);
  }
  const { target } = result.data;
  if (!Object.hasOwn(stage.targets, target)) {
    const targets = Object.keys(stage.targets).join(', ');
    throw broken(`target "${target}" is none of the stage's targets: ${targets}`);
  }
  // Not the parsed copy: `run` may use `this`.
  return loaded.default as Experiment;
}
