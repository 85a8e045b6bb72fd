import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure } from '../shared/failure.ts';
import { invalid, parseDescription } from './description.ts';
import { stagesRoot } from './root.ts';
import type { StageDescription } from './schema.ts';

/** A stage's description and the folder that holds its files. */
export interface Stage extends StageDescription {
  readonly directory: string;
}

const STAGE_FOLDER = /^\d{2}-/;

/**
 * Every stage in order, each description validated. The only list of stages that there is.
 *
 * @example readStages().map((stage) => stage.id) // ['01-all-in-one', '02-file-db']
 */
export function readStages(root: string = stagesRoot()): Stage[] {
  const stages = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && STAGE_FOLDER.test(entry.name))
    .map((entry) => readStage(root, entry.name))
    .toSorted((a, b) => a.number - b.number);
  stages.forEach((stage, index) => checkPlace(stage, stages.slice(0, index)));
  return stages;
}

/**
 * Finds a stage by number, id or noun.
 *
 * @example findStage(readStages(), '2').id // '02-file-db'
 */
export function findStage(stages: readonly Stage[], nameOrNumber: string): Stage {
  const stage = lookUpStage(stages, nameOrNumber);
  if (stage) return stage;
  const known = stages.map(({ number, id }) => `${number} (${id})`).join(', ');
  throw new Failure(
    'E_STAGE_UNKNOWN',
    `no stage is called "${nameOrNumber}". Stages: ${known}. See "npm run stage list".`,
    EXIT.usage,
  );
}

/** The stage of that number, id or noun, or undefined: `02`, `02-file-db`, `file-db`. */
export function lookUpStage(stages: readonly Stage[], name: string): Stage | undefined {
  const number = /^\d{1,2}$/.test(name) ? Number(name) : undefined;
  return stages.find(
    (stage) => stage.number === number || stage.id === name || stage.id.slice(3) === name,
  );
}

/**
 * The stage that this one was made from, or undefined for the first.
 *
 * @example parentOf(stages, findStage(stages, '2'))?.id // '01-all-in-one'
 */
export function parentOf(stages: readonly Stage[], stage: Stage): Stage | undefined {
  return stages.find(({ id }) => id === stage.from);
}

function readStage(root: string, folder: string): Stage {
  const directory = join(root, folder);
  const file = descriptionOf(folder);
  let text: string;
  try {
    text = readFileSync(join(directory, 'stage.json'), 'utf8');
  } catch (error) {
    throw invalid(
      file,
      `expected a stage.json, found none that can be read (${(error as NodeJS.ErrnoException).code})`,
      { cause: error },
    );
  }
  const description = parseDescription(text, file);
  if (description.id !== folder) {
    throw invalid(file, `id: expected "${folder}" like the folder, found "${description.id}"`);
  }
  return { ...description, directory };
}

function checkPlace(stage: Stage, earlier: readonly Stage[]): void {
  const file = descriptionOf(stage.id);
  const ordinal = Number(stage.id.slice(0, 2));
  if (stage.number !== ordinal) {
    throw invalid(file, `number: expected ${ordinal} like the folder, found ${stage.number}`);
  }
  const twin = earlier.find(({ number }) => number === stage.number);
  if (twin) throw invalid(file, `number: expected one of its own, found that of ${twin.id}`);
  if (stage.from !== null && !earlier.some(({ id }) => id === stage.from)) {
    throw invalid(file, `from: expected an earlier stage, found "${stage.from}"`);
  }
  if (stage.from === null && stage.changes.length > 0) {
    throw invalid(file, 'changes: expected none since "from" is null');
  }
  const paths = stage.changes.flatMap((change) =>
    change.kind === 'renamed' ? [change.path, change.was] : [change.path],
  );
  const repeated = paths.find((path, index) => paths.indexOf(path) !== index);
  if (repeated) throw invalid(file, `changes: "${repeated}" is declared more than once`);
}

function descriptionOf(folder: string): string {
  return `stages/${folder}/stage.json`;
}
