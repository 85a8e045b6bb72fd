import { ACTIVATOR_DEPTH, QUEUE_PROXY_DEPTH } from './limits.ts';

/** How many requests may run at once, and how many may wait for that. */
export interface BreakerLimits {
  readonly running: number;
  readonly waiting: number;
}

/**
 * What a queue-proxy lets through to its pod; without a limit it only counts.
 *
 * @example queueProxyLimits(1) // { running: 1, waiting: 10 }
 */
export function queueProxyLimits(containerConcurrency: number): BreakerLimits {
  return containerConcurrency === 0
    ? { running: Number.POSITIVE_INFINITY, waiting: 0 }
    : { running: containerConcurrency, waiting: QUEUE_PROXY_DEPTH * containerConcurrency };
}

/**
 * How many requests an activator keeps for one revision until there is a pod with a free slot. Without a limit
 * on concurrency it keeps all.
 *
 * @example activatorDepth(10) // 10_000
 */
export function activatorDepth(containerConcurrency: number): number {
  return containerConcurrency === 0 ? Number.POSITIVE_INFINITY : ACTIVATOR_DEPTH;
}

/**
 * What becomes of the next request.
 *
 * @example admit({ running: 1, waiting: 3 }, { running: 1, waiting: 10 }) // 'wait'
 */
export function admit(
  now: { readonly running: number; readonly waiting: number },
  limits: BreakerLimits,
): 'run' | 'wait' | 'refuse' {
  if (now.running < limits.running && now.waiting === 0) return 'run';
  return now.waiting < limits.waiting ? 'wait' : 'refuse';
}
