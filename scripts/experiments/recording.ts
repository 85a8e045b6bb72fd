import type { CacheOutcome, StopReason } from '../cloud/shared/events.ts';
import type { RevisionChange } from '../cloud/shared/revision-events.ts';
import type { Text } from './experiment.ts';

/** What happened in a run. Requests are named `r1`, `r2`, instances `todo-1`, by first appearance. */
export type Happening =
  // What the experiment did and saw.
  | { type: 'step'; what: Text }
  | { type: 'observation'; what: Text; seen: unknown; expected: unknown; holds: boolean }
  | { type: 'request'; request: string; method: string; path: string; body?: string }
  | { type: 'response'; request: string; status: number; body: string; milliseconds: number }
  /** The request failed: nothing listened, or the instance ended before it answered. */
  | { type: 'no-response'; request: string; milliseconds: number }
  | { type: 'load'; path: string; clients: number }
  | { type: 'load-over'; path: string; answered: number; failed: number; milliseconds: number }
  | { type: 'restart' }
  | { type: 'kill'; instance?: string }
  | { type: 'wait'; milliseconds: number }
  | { type: 'redeploy'; environment: Readonly<Record<string, string>> }
  /** `output` is what it printed; a failure's begins with "error" or "Error". */
  | { type: 'kubectl'; line: string; output: string }
  | { type: 'docker'; line: string; output: string }
  | { type: 'kn'; line: string; output: string }
  | { type: 'interrupt'; service: string }
  | { type: 'restore'; service: string }
  // What the platform told.
  | { type: 'hop'; request: string; from: string; to: string }
  | { type: 'cache'; request: string; node: string; outcome: CacheOutcome }
  | { type: 'instance-starting'; instance: string; service: string; request?: string }
  | { type: 'instance-ready'; instance: string; service: string; milliseconds: number }
  | {
      type: 'instance-stopped';
      instance: string;
      service: string;
      reason: StopReason;
      code: number | null;
    }
  | { type: 'throttled'; request: string; service: string; limit: number }
  | { type: 'timed-out'; request: string; instance: string; milliseconds: number }
  | { type: 'instance-waiting'; instance: string; service: string; reason: string }
  | { type: 'probe-failed'; instance: string; service: string; message: string }
  | { type: 'scaled'; service: string; from: number; to: number; reason: string }
  | { type: 'endpoints-changed'; service: string; instances: readonly string[] }
  | Exclude<RevisionChange, { type: 'autoscaled' }>
  /** Kept when it decides otherwise than before. */
  | Omit<Extract<RevisionChange, { type: 'autoscaled' }>, 'excessBurstCapacity'>
  | { type: 'log'; instance: string; stream: 'stdout' | 'stderr'; text: string };

/** One line of a recording. `at` is in milliseconds of real time since the run began. */
export type Entry = { at: number } & Happening;

export type Verdict = 'confirmed' | 'refuted';

/**
 * One run of an experiment, in the order in which things happened. Times and bodies are those of
 * that run; `compareRecordings` leaves them out.
 */
export interface Recording {
  readonly format: 1;
  readonly stage: string;
  readonly experiment: string;
  readonly target: string;
  readonly verdict: Verdict;
  readonly milliseconds: number;
  readonly entries: readonly Entry[];
}

/** Longest part of a body that a recording keeps, in characters. */
export const BODY_CHARACTERS = 240;
