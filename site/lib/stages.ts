import { findStage, parentOf, readStages } from '../../scripts/stages/catalogue.ts';
import type { Stage } from '../../scripts/stages/catalogue.ts';

/** Every stage of the course, read once a build. */
export const stages: readonly Stage[] = readStages();

/** A stage by its id; an unknown one breaks the build. */
export function stageOf(id: string): Stage {
  return findStage(stages, id);
}

/** The stage that it was made from, if any. */
export function parentOfStage(stage: Stage): Stage | undefined {
  return parentOf([...stages], stage);
}
