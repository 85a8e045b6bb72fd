import type { Pod } from '../core/objects.ts';
import type { Kubelet, PodStatus } from './webernetes.ts';

/**
 * Says of containers that have ended what a container runtime says of them: Completed, or Error. kubectl would show
 * `ExitCode:1` instead.
 *
 * @example for (const { kubelet } of cluster.servers) nameEnds(kubelet);
 */
export function nameEnds({ statusManager }: Kubelet): void {
  const update = statusManager.updateStatusInternal.bind(statusManager);
  statusManager.updateStatusInternal = (pod: Pod, status: PodStatus, ...rest) => {
    addReasons(status);
    return update(pod, status, ...rest);
  };
}

/**
 * Adds the reason where a container has ended without one.
 *
 * @example addReasons(status); // status.containerStatuses[0].state.terminated.reason === 'Error'
 */
export function addReasons(status: PodStatus): void {
  for (const { state, lastState } of status.containerStatuses ?? []) {
    for (const ended of [state?.terminated, lastState?.terminated]) {
      if (ended) ended.reason ??= ended.exitCode === 0 ? 'Completed' : 'Error';
    }
  }
}
