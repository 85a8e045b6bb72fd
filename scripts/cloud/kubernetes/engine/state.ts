import { canonical, completeDeployment } from '../core/kubectl/complete-deployment.ts';
import {
  type ClusterEvent,
  type Deployment,
  type EndpointSlice,
  type KubernetesObject,
  nameOf,
  type Pod,
  type ReplicaSet,
  type Service,
} from '../core/objects.ts';
import type { Cluster, InformerEvent } from './webernetes.ts';

interface Kinds {
  pods: Pod;
  deployments: Deployment;
  replicasets: ReplicaSet;
  services: Service;
  endpointslices: EndpointSlice;
  events: ClusterEvent;
}

export type StateKind = keyof Kinds;

const KINDS: readonly StateKind[] = [
  'pods',
  'deployments',
  'replicasets',
  'services',
  'endpointslices',
  'events',
];

/** Kubernetes forgets events after an hour; here the oldest go when there are too many. */
const KEPT_EVENTS = 1_000;

/** What has changed, and what it was before. */
export interface StateChange<Kind extends StateKind = StateKind> {
  readonly kind: Kind;
  readonly event: InformerEvent;
  readonly object: Kinds[Kind];
  readonly before: Kinds[Kind] | undefined;
}

/** All objects of the cluster's namespace as they are now. */
export interface ClusterState {
  /** Ordered by name. */
  list<Kind extends StateKind>(kind: Kind): Kinds[Kind][];
  get<Kind extends StateKind>(kind: Kind, name: string): Kinds[Kind] | undefined;
  /** Hears of every change; the answer ends it. */
  watch(hear: (change: StateChange) => void): () => void;
  /** Resolves as soon as the condition holds; rejects with what `signal` was aborted for. */
  until(condition: () => boolean, signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Follows the cluster's objects, so that what they are need not be asked for.
 *
 * @example
 * const state = followState(cluster, 'default');
 * await state.until(() => state.list('pods').length === 3);
 */
export function followState(cluster: Cluster, namespace: string): ClusterState {
  const objects = new Map<StateKind, Map<string, KubernetesObject>>(
    KINDS.map((kind) => [kind, new Map()]),
  );
  const watchers = new Set<(change: StateChange) => void>();
  /** How often each Deployment's wishes have changed, which the cluster below does not count. */
  const generations = new Map<string, number>();

  function shown(
    kind: StateKind,
    object: KubernetesObject | undefined,
  ): KubernetesObject | undefined {
    if (kind !== 'deployments' || !object) return object;
    const sets = [...(objects.get('replicasets')?.values() ?? [])];
    return completeDeployment(object, sets, generations.get(nameOf(object)) ?? 1);
  }

  function take<Kind extends StateKind>(
    kind: Kind,
    event: InformerEvent,
    object: Kinds[Kind],
  ): void {
    const known = objects.get(kind);
    if (!known) return;
    const name = nameOf(object);
    const before = known.get(name) as Kinds[Kind] | undefined;
    if (event === 'delete') known.delete(name);
    else known.set(name, object);
    if (kind === 'deployments') {
      const asked = (deployment: Deployment | undefined): string =>
        canonical({ spec: deployment?.spec } as KubernetesObject);
      if (asked(before as Deployment) !== asked(object as Deployment)) {
        generations.set(name, (generations.get(name) ?? 0) + 1);
      }
    }
    if (kind === 'events' && known.size > KEPT_EVENTS) dropOldest(known);
    for (const hear of [...watchers]) hear({ kind, event, object, before });
  }

  function dropOldest(events: Map<string, KubernetesObject>): void {
    const [name] = events.keys();
    if (name === undefined) return;
    events.delete(name);
    // It may have gone with its namespace already.
    cluster.api.corev1.deleteNamespacedEvent({ name, namespace }).catch(() => undefined);
  }

  const informers = KINDS.map((kind) =>
    cluster.informer(kind, (event, object) => take(kind, event, object), { namespace }),
  );

  const watch: ClusterState['watch'] = (hear) => {
    watchers.add(hear);
    return () => watchers.delete(hear);
  };

  return {
    list: <Kind extends StateKind>(kind: Kind) =>
      [...(objects.get(kind)?.values() ?? [])]
        .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
        .map((object) => shown(kind, object)) as Kinds[Kind][],
    get: (kind, name) => shown(kind, objects.get(kind)?.get(name)),
    watch,
    until(condition, signal) {
      if (condition()) return Promise.resolve();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const giveUp = (): void => reject(signal?.reason as Error);
      if (signal?.aborted) giveUp();
      signal?.addEventListener('abort', giveUp, { once: true });
      const unwatch = watch(() => condition() && resolve());
      return promise.finally(() => {
        unwatch();
        signal?.removeEventListener('abort', giveUp);
      });
    },
    async stop() {
      watchers.clear();
      await Promise.all(informers.map((informer) => informer.stop()));
    },
  };
}
