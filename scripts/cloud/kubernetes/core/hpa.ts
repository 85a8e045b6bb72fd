/** How often the controller looks, in milliseconds (`--horizontal-pod-autoscaler-sync-period`). */
export const SYNC_MS = 15_000;
/** How far use may be from the target before anything happens. */
export const TOLERANCE = 0.1;
/** How long a higher recommendation holds back a lower one, in milliseconds. */
export const DOWNSCALE_WINDOW_MS = 300_000;
/** Without `behavior` one step leads to at most twice as many, or to four. */
const SCALE_UP_FACTOR = 2;
const SCALE_UP_LEAST = 4;

/** A pod as the autoscaler sees it. */
export interface MeasuredPod {
  readonly name: string;
  /** Sum of its containers' requests, in thousandths of a CPU; undefined when one has none. */
  readonly request: number | undefined;
  /** What it used, in thousandths of a CPU; undefined while nothing has been measured. */
  readonly usage: number | undefined;
  /** Ready, and measured since it became so. */
  readonly ready: boolean;
}

export interface Recommendation {
  /** Milliseconds of the platform's clock. */
  readonly at: number;
  readonly replicas: number;
}

export interface HpaSpec {
  readonly min: number;
  readonly max: number;
  /** Percent of the request. */
  readonly target: number;
}

export interface HpaObservation {
  readonly current: number;
  readonly pods: readonly MeasuredPod[];
  readonly recommendations: readonly Recommendation[];
}

export interface HpaDecision {
  readonly replicas: number;
  /** Percent of the requests that measured pods use together; undefined when none could be measured. */
  readonly utilization: number | undefined;
  /** Why it cannot decide: what `FailedGetResourceMetric` says. */
  readonly failure?: string;
  /** What held the count back or up. */
  readonly limit?: 'ScaleUpLimit' | 'TooManyReplicas' | 'TooFewReplicas' | 'ScaleDownStabilized';
  /** To be given to the next decision. */
  readonly recommendations: readonly Recommendation[];
}

/**
 * How many pods there should be: Kubernetes' own rule for the use of CPU, without `behavior`
 * (pkg/controller/podautoscaler, GetResourceReplicas and normalizeDesiredReplicas).
 *
 * @example
 * decide({ min: 1, max: 10, target: 30 }, { current: 3, pods: [300, 500, 700].map(podOf1Cpu), recommendations: [] }, now).replicas // 5
 */
export function decide(spec: HpaSpec, seen: HpaObservation, now: number): HpaDecision {
  const { current, recommendations } = seen;
  if (current === 0) return { replicas: 0, utilization: undefined, recommendations };
  if (current > spec.max) return outside(spec.max, 'TooManyReplicas', recommendations);
  if (current < spec.min) return outside(spec.min, 'TooFewReplicas', recommendations);

  const measured = recommend(spec.target, current, seen.pods);
  if ('failure' in measured) {
    return {
      replicas: current,
      utilization: undefined,
      recommendations,
      failure: measured.failure,
    };
  }
  // What was there at the first look counts as recommended, so that nothing shrinks within the first window.
  const known = recommendations.length > 0 ? recommendations : [{ at: now, replicas: current }];
  const kept = known.filter(({ at }) => now - at <= DOWNSCALE_WINDOW_MS);
  const stabilized = Math.max(measured.replicas, ...kept.map(({ replicas }) => replicas));
  return {
    ...clamp(stabilized, measured.replicas, current, spec),
    utilization: measured.utilization,
    recommendations: [...kept, { at: now, replicas: measured.replicas }],
  };
}

function outside(
  replicas: number,
  limit: 'TooManyReplicas' | 'TooFewReplicas',
  recommendations: readonly Recommendation[],
): HpaDecision {
  return { replicas, utilization: undefined, limit, recommendations };
}

function recommend(
  target: number,
  current: number,
  pods: readonly MeasuredPod[],
): { replicas: number; utilization: number } | { failure: string } {
  const without = pods.find(({ request }) => request === undefined);
  if (without) return { failure: `missing request for cpu in pod ${without.name}` };
  const measured = pods.filter(({ ready, usage }) => ready && usage !== undefined);
  const unready = pods.filter(({ ready }) => !ready);
  const missing = pods.filter(({ ready, usage }) => ready && usage === undefined);
  if (measured.length === 0) return { failure: 'did not receive metrics for any ready pods' };

  const utilization = percent(measured.map(({ usage, request }) => [usage ?? 0, request ?? 0]));
  const ratio = utilization / target;
  const rushing = unready.length > 0 && ratio > 1;
  if (!rushing && missing.length === 0) {
    const replicas = isNear(ratio) ? current : ceil(ratio * measured.length);
    return { replicas, utilization };
  }

  // Those of whom nothing is known must not make the step larger: all they asked for when there are to be
  // fewer, nothing when there are to be more.
  const assumed = ratio < 1 ? Math.max(100, target) / 100 : 0;
  const counted = [
    ...measured.map(({ usage, request }) => [usage ?? 0, request ?? 0] as const),
    ...missing.map(({ request }) => [(request ?? 0) * assumed, request ?? 0] as const),
    ...(rushing ? unready : []).map(({ request }) => [0, request ?? 0] as const),
  ];
  const cautious = percent(counted) / target;
  const turned = (ratio < 1 && cautious > 1) || (ratio > 1 && cautious < 1);
  if (isNear(cautious) || turned) return { replicas: current, utilization };
  const replicas = ceil(cautious * counted.length);
  const wrongWay = (cautious < 1 && replicas > current) || (cautious > 1 && replicas < current);
  return { replicas: wrongWay ? current : replicas, utilization };
}

function clamp(
  wanted: number,
  recommended: number,
  current: number,
  { min, max }: HpaSpec,
): Pick<HpaDecision, 'replicas' | 'limit'> {
  const step = Math.max(SCALE_UP_FACTOR * current, SCALE_UP_LEAST);
  if (wanted > max && max <= step) return { replicas: max, limit: 'TooManyReplicas' };
  if (wanted > step) return { replicas: step, limit: 'ScaleUpLimit' };
  if (wanted < min) return { replicas: min, limit: 'TooFewReplicas' };
  if (wanted > recommended) return { replicas: wanted, limit: 'ScaleDownStabilized' };
  return { replicas: wanted };
}

/** Whole percents, as the API has them. */
function percent(usages: readonly (readonly [usage: number, request: number])[]): number {
  const used = usages.reduce((sum, [usage]) => sum + usage, 0);
  const asked = usages.reduce((sum, [, request]) => sum + request, 0);
  return asked === 0 ? 0 : Math.floor((used * 100) / asked);
}

function isNear(ratio: number): boolean {
  return Math.abs(1 - ratio) <= TOLERANCE + 1e-9;
}

/** 5.000000000000001 is 5. */
function ceil(value: number): number {
  return Math.ceil(value - 1e-9);
}
