import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findStage, parentOf, readStages } from '../../scripts/stages/catalogue.ts';
import type { Stage } from '../../scripts/stages/catalogue.ts';
import { repositoryRoot } from '../../scripts/stages/root.ts';

const LESSONS = join(repositoryRoot(), 'site', 'content', 'docs', 'stages');

/**
 * The stages that have a lesson. A stage runs, is checked and compared before its lesson is written;
 * to a reader it is not there until then.
 *
 * @example taught(readStages()).map(({ id }) => id) // ['01-all-in-one', ...]
 */
export function taught(all: readonly Stage[], lessons = LESSONS): Stage[] {
  return all.filter(({ id }) => existsSync(join(lessons, `${id}.mdx`)));
}

/** Every stage of the course, read once a build. */
export const stages: readonly Stage[] = taught(readStages());

/** A stage by its id; an unknown one breaks the build. */
export function stageOf(id: string): Stage {
  return findStage(stages, id);
}

/** The stage that it was made from, if any. */
export function parentOfStage(stage: Stage): Stage | undefined {
  return parentOf([...stages], stage);
}
