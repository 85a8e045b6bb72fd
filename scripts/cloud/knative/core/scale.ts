import { ACTIVATION_TIMEOUT_MS, SCALE_TO_ZERO_GRACE_MS } from './limits.ts';

/** Whether a revision can take requests on, as its condition `Active` says, and since when. */
export interface Active {
  /** Unknown: it is being brought up. */
  readonly status: 'True' | 'False' | 'Unknown';
  readonly since: number;
  readonly reason: string;
  readonly message: string;
}

/** What bounds the autoscaler's decision. Times in milliseconds. */
export interface ScaleSpec {
  /** 0: may go to zero. */
  readonly minScale: number;
  /** 0: as many as it takes. */
  readonly maxScale: number;
  readonly initialScale: number;
  readonly stableWindow: number;
  /** The annotation `scale-to-zero-pod-retention-period`. */
  readonly podRetention: number;
  /** False: no route leads to it, or it has failed. Then nothing keeps a pod. */
  readonly reachable: boolean;
}

type Bounds = Pick<ScaleSpec, 'minScale' | 'maxScale' | 'initialScale' | 'reachable'>;

export interface ScaleObserved {
  /** The decision; undefined: none was taken yet. */
  readonly desired: number | undefined;
  readonly active: Active;
  /** Whether as many pods as initial-scale asks for were ready once. */
  readonly reachedInitialScale: boolean;
  /** Since when the activator has been in the path without a break; undefined: it is not. */
  readonly activatorInPathSince: number | undefined;
}

export interface ScalePlan {
  /** How many pods there ought to be; undefined: nobody knows yet. */
  readonly want: number | undefined;
  /** Whether the Deployment is told; at zero the activator comes first. */
  readonly apply: boolean;
  /** Milliseconds after which to look again, whatever happens before. */
  readonly again?: number;
}

/**
 * Clamps a decision to the revision's bounds.
 *
 * @example bounded({ minScale: 1, maxScale: 3, initialScale: 1, reachable: true }, 7, true) // 3
 */
export function bounded(bounds: Bounds, desired: number, reachedInitialScale: boolean): number {
  const { maxScale } = bounds;
  const least = leastScale(bounds, reachedInitialScale);
  if (desired < least) return least;
  return maxScale > 0 ? Math.min(desired, Math.max(maxScale, least)) : desired;
}

/** What a revision has at least: until it has been up once, as many pods as it begins with. */
function leastScale(
  { minScale, initialScale, reachable }: Omit<Bounds, 'maxScale'>,
  reachedInitialScale: boolean,
): number {
  if (!reachable) return 0;
  return reachedInitialScale ? minScale : Math.max(initialScale, minScale);
}

/**
 * What to do about a decision: at zero the revision is first marked inactive, which puts the activator in its
 * path, and its pod goes when that has been so for the grace period. knative/serving
 * `pkg/reconciler/autoscaling/kpa/scaler.go`.
 *
 * @example planScale(spec, { desired: 8, active, reachedInitialScale: true, activatorInPathSince: 0 }, now) // { want: 8, apply: true }
 */
export function planScale(spec: ScaleSpec, observed: ScaleObserved, now: number): ScalePlan {
  const { desired, active, reachedInitialScale } = observed;
  if (desired === undefined && active.status !== 'Unknown') {
    return { want: undefined, apply: false };
  }
  const want = bounded(spec, desired ?? 0, reachedInitialScale);
  if (want > 0) return { want, apply: true };
  const age = now - active.since;
  if (active.status === 'Unknown') {
    return age >= ACTIVATION_TIMEOUT_MS
      ? { want: 0, apply: true }
      : { want: undefined, apply: false, again: ACTIVATION_TIMEOUT_MS - age };
  }
  if (active.status === 'True') {
    return age >= spec.stableWindow
      ? { want: 0, apply: false }
      : { want: 1, apply: true, again: spec.stableWindow - age };
  }
  return planLastPod(spec, observed.activatorInPathSince, age, now);
}

function planLastPod(
  { podRetention }: ScaleSpec,
  activatorInPathSince: number | undefined,
  inactive: number,
  now: number,
): ScalePlan {
  if (activatorInPathSince === undefined) return { want: 0, apply: false };
  if (inactive >= Math.max(SCALE_TO_ZERO_GRACE_MS, podRetention)) return { want: 0, apply: true };
  if (inactive < podRetention) return { want: 0, apply: false, again: podRetention - inactive };
  const proxied = now - activatorInPathSince;
  return proxied >= SCALE_TO_ZERO_GRACE_MS
    ? { want: 0, apply: true }
    : { want: 0, apply: false, again: SCALE_TO_ZERO_GRACE_MS - proxied };
}

/** How a new revision begins. */
export const DEPLOYING = {
  status: 'Unknown',
  reason: 'Deploying',
  message: '',
} as const;

/**
 * The condition `Active` that follows from how many pods there should be and how many are ready.
 *
 * @example nextActive(spec, active, { want: 0, ready: 1, reachedInitialScale: true }, now).reason // 'NoTraffic'
 */
export function nextActive(
  spec: Omit<Bounds, 'maxScale'>,
  active: Active,
  observed: {
    readonly want: number | undefined;
    readonly ready: number;
    readonly reachedInitialScale: boolean;
  },
  now: number,
): Active {
  const { want, ready, reachedInitialScale } = observed;
  const become = (status: Active['status'], reason: string, message: string): Active => ({
    status,
    reason,
    message,
    since: status === active.status ? active.since : now,
  });
  if (want === 0) {
    if (active.status === 'Unknown') {
      return become('False', 'TimedOut', 'The target could not be activated.');
    }
    if (active.status === 'False') return active;
    return become('False', 'NoTraffic', 'The target is not receiving traffic.');
  }
  if (want === undefined && active.status === 'False') return active;
  if (ready >= Math.max(1, leastScale(spec, reachedInitialScale))) return become('True', '', '');
  return become(
    'Unknown',
    'Queued',
    'Requests to the target are being buffered as resources are provisioned.',
  );
}
