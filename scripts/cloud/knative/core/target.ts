import { CONCURRENCY_TOTAL, LEAST_TARGET, RPS_TOTAL, UTILIZATION } from './limits.ts';

export interface TargetOptions {
  readonly metric: 'concurrency' | 'rps';
  readonly containerConcurrency: number;
  /** The annotation `target`. */
  readonly target?: number | undefined;
  /** The annotation `target-utilization-percentage`. */
  readonly utilizationPercent?: number | undefined;
}

/** How much of the metric a pod should get, and how much it can bear. */
export interface Target {
  readonly target: number;
  readonly total: number;
}

/**
 * What the autoscaler aims for: a share of what a pod bears. An annotation replaces what a pod bears; it can
 * lower a hard limit on concurrency, and not raise it.
 *
 * @example targetOf({ metric: 'concurrency', containerConcurrency: 10 }) // { target: 7, total: 10 }
 */
export function targetOf(options: TargetOptions): Target {
  const { metric, containerConcurrency, target, utilizationPercent } = options;
  const total = totalOf(metric, containerConcurrency, target);
  const utilization = utilizationPercent === undefined ? UTILIZATION : utilizationPercent / 100;
  return { target: Math.max(LEAST_TARGET, total * utilization), total };
}

function totalOf(
  metric: TargetOptions['metric'],
  containerConcurrency: number,
  target: number | undefined,
): number {
  if (metric === 'rps') return target ?? RPS_TOTAL;
  if (containerConcurrency === 0) return target ?? CONCURRENCY_TOTAL;
  return Math.min(target ?? containerConcurrency, containerConcurrency);
}
