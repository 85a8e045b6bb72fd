import type { Text } from './languages.ts';

/** A step of the course as planned; `stages/NN-name/stage.json` takes its place once there is a lesson on it. */
export interface PlannedStep {
  readonly number: number;
  readonly title: Text;
  /** What the step before leaves open. */
  readonly problem: Text;
  readonly answer: Text;
}

/** The steps that have no lesson yet. An entry goes when its lesson comes. */
export const ROADMAP: readonly PlannedStep[] = [];
