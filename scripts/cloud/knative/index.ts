export { readAutoscaling } from './core/annotations.ts';
export { createRequestStats } from './core/request-stats.ts';
export { startAutoscaler } from './engine/autoscaler.ts';
export { kn } from './engine/kn.ts';
export { createKnative, type Knative, type KnativeOptions } from './engine/knative.ts';
export type { Workloads } from './engine/workloads.ts';
