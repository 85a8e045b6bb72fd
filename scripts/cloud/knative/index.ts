export { readAutoscaling } from './core/annotations.ts';
export { revisionList, routeList, serviceList } from './core/kn/lists.ts';
export { serviceDescription } from './core/kn/service-describe.ts';
export { createRequestStats } from './core/request-stats.ts';
export { startAutoscaler } from './engine/autoscaler.ts';
export { createKnative, type Knative, type KnativeOptions } from './engine/knative.ts';
export type { Workloads } from './engine/workloads.ts';
