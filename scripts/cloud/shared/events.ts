import type { RevisionChange } from './revision-events.ts';

/** Why an instance ended. */
export type StopReason =
  | 'idle'
  | 'timeout'
  | 'crashed'
  | 'killed'
  | 'redeployed'
  | 'shut-down'
  /** Its pod was deleted: by a person, a rollout, or because there are to be fewer. */
  | 'deleted'
  /** Its liveness or startup probe failed too often. */
  | 'unhealthy';

/** How an edge came by its answer: from its memory (fresh, confirmed by the origin, or old), or from the origin. */
export type CacheOutcome = 'hit' | 'unchanged' | 'stale' | 'miss' | 'changed';

/** What happened, before it is stamped with a time. */
export type PlatformChange =
  | { type: 'request'; request: string; to: string; method: string; path: string }
  /** The request moved along one edge of the diagram, from one node to the next. */
  | { type: 'hop'; request: string; from: string; to: string }
  | { type: 'response'; request: string; from: string; status: number; milliseconds: number }
  /** An edge has decided where the answer comes from; `node` is its name on the diagram. */
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
  /** It cannot start, or has to wait before it may: `CrashLoopBackOff`, `ImagePullBackOff`. */
  | { type: 'instance-waiting'; instance: string; service: string; reason: string; message: string }
  /** A check of the platform's failed: `Readiness probe failed: HTTP probe failed with statuscode: 503`. */
  | { type: 'probe-failed'; instance: string; service: string; message: string }
  /** How many instances of a service there are to be, and who said so. */
  | { type: 'scaled'; service: string; from: number; to: number; reason: string }
  /** Who gets a service's requests from now on. */
  | { type: 'endpoints-changed'; service: string; instances: readonly string[] }
  | { type: 'log'; instance: string; stream: 'stdout' | 'stderr'; text: string }
  | RevisionChange;

/**
 * One thing that happened in the local cloud: a log line in the terminal, a moving dot on the diagram.
 * `at` is the clock's time in milliseconds.
 *
 * @example { at: 12, type: 'hop', request: 'r1', from: 'gateway', to: 'web-1' }
 */
export type PlatformEvent = { at: number } & PlatformChange;

/** Receives every event, in causal order. */
export type Emit = (event: PlatformEvent) => void;
