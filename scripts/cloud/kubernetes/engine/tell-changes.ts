import type { Clock } from '../../shared/clock.ts';
import type { Tell } from '../../shared/traced-request.ts';
import { isReady } from '../core/kubectl/pod-state.ts';
import { nameOf, type EndpointSlice, type Pod } from '../core/objects.ts';
import type { ClusterState, StateChange } from './state.ts';

/** Reasons for which a pod waits that are only a moment on the way. */
const PASSING = ['ContainerCreating', 'PodInitializing'];

export interface TellOptions {
  readonly state: ClusterState;
  readonly tell: Tell;
  readonly clock: Clock;
  serviceOf(pod: string): string;
}

/**
 * Turns changes of the cluster's objects into the platform's events: who is ready, who waits and why, which
 * probe failed, how many there are to be, who gets requests.
 *
 * @example const stop = tellChanges({ state, tell, clock, serviceOf });
 */
export function tellChanges({ state, tell, clock, serviceOf }: TellOptions): () => void {
  const begun = new Map<string, number>();
  const endpoints = new Map<string, string>();

  function pod(change: StateChange<'pods'>): void {
    const { object, before, event } = change;
    const instance = nameOf(object);
    if (event === 'delete') return void begun.delete(instance);
    const service = serviceOf(instance);
    if (!begun.has(instance)) begun.set(instance, clock.now());
    const waiting = waitingOf(object);
    if (waiting && waiting.reason !== waitingOf(before)?.reason) {
      tell({ type: 'instance-waiting', instance, service, ...waiting });
    }
    if (isReady(object) && !(before && isReady(before))) {
      const milliseconds = clock.now() - (begun.get(instance) ?? clock.now());
      tell({ type: 'instance-ready', instance, service, milliseconds });
    }
    // A container that is started again is ready after its own time, not after the pod's.
    if (before && isReady(before) && !isReady(object)) begun.set(instance, clock.now());
  }

  function slice({ object, event }: StateChange<'endpointslices'>): void {
    const service = object.metadata?.labels?.['kubernetes.io/service-name'];
    if (service === undefined) return;
    const instances = event === 'delete' ? [] : targetsOf(object);
    if (endpoints.get(service) === instances.join()) return;
    endpoints.set(service, instances.join());
    tell({ type: 'endpoints-changed', service, instances });
  }

  return state.watch((change) => {
    switch (change.kind) {
      case 'pods':
        return pod(change as StateChange<'pods'>);
      case 'endpointslices':
        return slice(change as StateChange<'endpointslices'>);
      case 'events': {
        const { object, event } = change as StateChange<'events'>;
        if (event !== 'add' || object.reason !== 'Unhealthy') return;
        const instance = object.involvedObject?.name ?? '';
        const message = object.message ?? '';
        return tell({ type: 'probe-failed', instance, service: serviceOf(instance), message });
      }
      case 'deployments':
      case 'replicasets':
      case 'services':
        return undefined;
    }
  });
}

function waitingOf(pod: Pod | undefined): { reason: string; message: string } | undefined {
  for (const { state } of pod?.status?.containerStatuses ?? []) {
    const { reason, message = '' } = state?.waiting ?? {};
    if (reason !== undefined && !PASSING.includes(reason)) return { reason, message };
  }
  return undefined;
}

function targetsOf({ endpoints = [] }: EndpointSlice): string[] {
  return endpoints
    .filter(({ conditions }) => conditions?.ready !== false)
    .map(({ targetRef }) => targetRef?.name ?? '')
    .toSorted();
}
