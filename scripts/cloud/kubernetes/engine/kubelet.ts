import type { Clock } from '../../shared/clock.ts';
import { resolveEnvironment } from '../core/environment.ts';
import type { Pod, Service } from '../core/objects.ts';
import { createBackOff, type StoppableBackOff } from './back-off.ts';
import type { ObjectStore } from './object-store.ts';
import { onNewReason } from './wait-reasons.ts';
import type { Cluster } from './webernetes.ts';

export interface KubeletOptions {
  readonly cluster: Cluster;
  readonly store: ObjectStore;
  readonly clock: Clock;
  pods(): readonly Pod[];
  services(): readonly Service[];
}

/**
 * How often a kubelet looks at its containers. A real one hears of changes from its runtime; the port has only
 * the look once a second, and a pod would be ready up to a second late.
 */
const RELIST_MS = 200;
/** After so long without a look it counts as ill; Kubernetes' own value. */
const RELIST_THRESHOLD_MS = 180_000;

/**
 * Gives the cluster's kubelets what they lack: variables from ConfigMaps and Secrets, and waits that follow the
 * platform's clock. The answer ends what waits.
 *
 * @example const stopWaits = extendKubelets({ cluster, store, clock, pods, services });
 */
export function extendKubelets(options: KubeletOptions): () => void {
  const { cluster, store, clock, pods, services } = options;
  const backOffs: StoppableBackOff[] = [];
  for (const { kubelet, ipAddresses } of cluster.servers) {
    kubelet.makeEnvironmentVariables = (_context, pod, container, podIP) => {
      if (pod.metadata?.namespace !== 'default') return Promise.resolve([[], undefined]);
      const resolved = resolveEnvironment(container, {
        pod,
        podIP,
        hostIP: ipAddresses[0] ?? '',
        services: services(),
        configMap: (name) => store.get('ConfigMap', name),
        secret: (name) => store.get('Secret', name),
      });
      if ('error' in resolved) return Promise.resolve([[], new Error(resolved.error)]);
      const variables = Object.entries(resolved.variables).map(([name, value]) => ({
        name,
        value,
      }));
      return Promise.resolve([variables, undefined]);
    };

    kubelet.pleg.update({ relistPeriodMs: RELIST_MS, relistThresholdMs: RELIST_THRESHOLD_MS });

    const sync = (found: readonly Pod[]): void => void kubelet.handlePodSyncs(cluster.ctx, found);
    onNewReason(kubelet, (uid) => sync(pods().filter(({ metadata }) => metadata?.uid === uid)));

    const parts = {
      clock,
      realNow: () => cluster.clock.nowMs(),
      onOver: () => sync(pods()),
    };
    const [ofContainers, ofImages] = [createBackOff(parts), createBackOff(parts)];
    kubelet.crashLoopBackOff = ofContainers;
    kubelet.containerRuntime.imagePuller.backOff = ofImages;
    backOffs.push(ofContainers, ofImages);
  }
  return () => {
    for (const backOff of backOffs) backOff.stop();
  };
}
