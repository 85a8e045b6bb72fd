import type { Autoscaler, ConfigMap, KubernetesObject, Secret } from '../core/objects.ts';
import { nameOf } from '../core/objects.ts';

interface Kept {
  ConfigMap: ConfigMap;
  Secret: Secret;
  HorizontalPodAutoscaler: Autoscaler;
}

export type KeptKind = keyof Kept;

export type Change = 'created' | 'configured' | 'unchanged';

/** The kinds that the cluster below does not know. */
export interface ObjectStore {
  get<Kind extends KeptKind>(kind: Kind, name: string): Kept[Kind] | undefined;
  list<Kind extends KeptKind>(kind: Kind): Kept[Kind][];
  /** Keeps an object as a manifest has it, with what a cluster adds. */
  apply(object: KubernetesObject): Change;
  /** Changes a kept object in place, as its controller does. */
  update<Kind extends KeptKind>(kind: Kind, name: string, change: Partial<Kept[Kind]>): void;
  delete(kind: KeptKind, name: string): boolean;
  /** Hears of every change; the answer ends it. */
  watch(hear: (kind: KeptKind, object: KubernetesObject, deleted: boolean) => void): () => void;
}

export const KEPT_KINDS: readonly KeptKind[] = ['ConfigMap', 'Secret', 'HorizontalPodAutoscaler'];

/**
 * Keeps ConfigMaps, Secrets and autoscalers.
 *
 * @example createObjectStore(() => Date.now()).apply({ kind: 'ConfigMap', metadata: { name: 'todo' } }) // 'created'
 */
export function createObjectStore(now: () => number): ObjectStore {
  const objects = new Map<string, KubernetesObject>();
  const applied = new Map<string, string>();
  const watchers = new Set<Parameters<ObjectStore['watch']>[0]>();
  let versions = 1;
  const keyOf = (kind: string, name: string): string => `${kind}/${name}`;
  const tell = (object: KubernetesObject, deleted: boolean): void => {
    for (const hear of watchers) hear(object.kind as KeptKind, object, deleted);
  };
  const put = (key: string, object: KubernetesObject): void => {
    objects.set(key, object);
    tell(object, false);
  };

  return {
    get: (kind, name) => objects.get(keyOf(kind, name)),
    list: (kind) =>
      [...objects.values()]
        .filter((object) => object.kind === kind)
        .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
    apply(object) {
      const key = keyOf(object.kind ?? '', nameOf(object));
      const text = JSON.stringify(object);
      const known = objects.get(key);
      if (known && applied.get(key) === text) return 'unchanged';
      applied.set(key, text);
      const metadata = {
        ...object.metadata,
        namespace: 'default',
        uid: known?.metadata?.uid ?? `${key.toLowerCase()}-${versions}`,
        creationTimestamp: known?.metadata?.creationTimestamp ?? new Date(now()),
        resourceVersion: String(++versions),
      };
      // Its controller's findings stay when a person applies it again.
      put(key, { ...known, ...object, metadata });
      return known ? 'configured' : 'created';
    },
    update(kind, name, change) {
      const known = objects.get(keyOf(kind, name));
      if (!known) return;
      const metadata = { ...known.metadata, resourceVersion: String(++versions) };
      put(keyOf(kind, name), { ...known, ...change, metadata });
    },
    delete(kind, name) {
      const known = objects.get(keyOf(kind, name));
      if (!known) return false;
      objects.delete(keyOf(kind, name));
      applied.delete(keyOf(kind, name));
      tell(known, true);
      return true;
    },
    watch(hear) {
      watchers.add(hear);
      return () => watchers.delete(hear);
    },
  };
}
