import { ROADMAP } from './roadmap.ts';
import type { PlannedStep } from './roadmap.ts';
import { stages } from './stages.ts';
import type { Stage } from '../../scripts/stages/catalogue.ts';

/** A step of the course: built, with a lesson and a stage, or only planned. */
export type Step =
  | (PlannedStep & { readonly stage?: undefined })
  | (Stage & { readonly stage: Stage });

/**
 * All steps in order: what `stages/` holds, and from the roadmap what it does not hold yet.
 *
 * @example mergeSteps(stages, ROADMAP).filter(({ stage }) => !stage).length // 6
 */
export function mergeSteps(built: readonly Stage[], planned: readonly PlannedStep[]): Step[] {
  const numbers = new Set(built.map(({ number }) => number));
  return [
    ...built.map((stage) => ({ ...stage, stage })),
    ...planned.filter(({ number }) => !numbers.has(number)),
  ].toSorted((a, b) => a.number - b.number);
}

/** Every step of the course. */
export function allSteps(): Step[] {
  return mergeSteps(stages, ROADMAP);
}

/** The steps that are not built yet. */
export function plannedSteps(): PlannedStep[] {
  return allSteps().filter(({ stage }) => !stage);
}
