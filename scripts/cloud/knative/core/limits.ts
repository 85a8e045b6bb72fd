// What Knative ships in the ConfigMaps config-autoscaler and config-defaults, and what is fixed in its code.
// https://github.com/knative/serving/tree/98e5ef9/config/core/configmaps

export const SECOND_MS = 1_000;

/** How often the autoscaler decides. */
export const TICK_MS = 2 * SECOND_MS;
/** How often queue-proxies are asked and the activator tells. */
export const REPORT_MS = SECOND_MS;
/** How much time one bucket of a metric's window holds. */
export const BUCKET_MS = SECOND_MS;

export const STABLE_WINDOW_MS = 60 * SECOND_MS;
export const PANIC_WINDOW_PERCENT = 10;
export const LEAST_PANIC_WINDOW_MS = BUCKET_MS;
export const PANIC_THRESHOLD_PERCENT = 200;
/** At most so many times the ready pods, and at least one divided by this. */
export const SCALE_UP_RATE = 1_000;
export const SCALE_DOWN_RATE = 2;

/** Concurrent requests that a pod is thought to bear when containerConcurrency is 0. */
export const CONCURRENCY_TOTAL = 100;
/** Requests a second that a pod is thought to bear. */
export const RPS_TOTAL = 200;
export const UTILIZATION = 0.7;
export const LEAST_TARGET = 0.01;
/** Requests that may come at once while there is no pod for them; -1: the activator stays in the path. */
export const TARGET_BURST_CAPACITY = 211;

export const INITIAL_SCALE = 1;
/** How long the activator has to be in the path before the last pod goes. */
export const SCALE_TO_ZERO_GRACE_MS = 30 * SECOND_MS;
/** A revision that has no ready pod by then has failed; ten seconds more than its Deployment gets. */
export const ACTIVATION_TIMEOUT_MS = 610 * SECOND_MS;

/** Requests that wait in a queue-proxy for each one that may run. */
export const QUEUE_PROXY_DEPTH = 10;
/** Requests that wait in an activator for one revision. */
export const ACTIVATOR_DEPTH = 10_000;

export const TIMEOUT_SECONDS = { most: 600, default: 300 } as const;
export const CONTAINER_CONCURRENCY = { most: 1_000, default: 0 } as const;
export const DEFAULT_PORT = 8080;
export const DEFAULT_CONTAINER = 'user-container';
export const WINDOW_MS = { least: 6 * SECOND_MS, most: 3_600 * SECOND_MS } as const;
