export type ProblemCode =
  | 'E_STAGE_DRIFT'
  | 'E_STAGE_STALE'
  | 'E_PARENT_MOVED'
  | 'E_MERGE_UNFINISHED'
  | 'E_REFERENCE_BROKEN';

/** One thing that keeps the stages from being what they declare. */
export interface Problem {
  readonly code: ProblemCode;
  readonly stage: string;
  readonly path: string;
  /** What was expected, what was found, what to do. */
  readonly message: string;
}
