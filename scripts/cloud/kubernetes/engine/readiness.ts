import type { Pod } from '../core/objects.ts';
import type { Kubelet, PodStatus } from './webernetes.ts';

/** The conditions of a pod that follow from the readiness of its containers. */
const FOLLOWING = new Set(['Ready', 'ContainersReady']);

type Result = (containerId: string) => 'success' | 'failure' | undefined;

/**
 * Keeps a kubelet from taking back what a readiness probe has just found: a look at the pod that began before the
 * result and was written after it made the pod unready for one more look.
 *
 * @example for (const { kubelet } of cluster.servers) keepReadiness(kubelet);
 */
export function keepReadiness({ statusManager, readinessManager }: Kubelet): void {
  const update = statusManager.updateStatusInternal.bind(statusManager);
  statusManager.updateStatusInternal = (pod: Pod, status: PodStatus, ...rest) => {
    const known = statusManager.podStatuses.get(pod.metadata?.uid ?? '')?.status;
    const result: Result = (containerId) => readinessManager.get(containerId);
    if (known) mendReadiness(status, known, result);
    return update(pod, status, ...rest);
  };
}

/**
 * Takes readiness from the status known so far, where that agrees with the last probe and the new one does not.
 *
 * @example mendReadiness(stale, known, () => 'success'); // stale.containerStatuses[0].ready === true
 */
export function mendReadiness(status: PodStatus, known: PodStatus, result: Result): void {
  const before = new Map(known.containerStatuses?.map((each) => [each.containerID, each]));
  let isMended = false;
  for (const container of status.containerStatuses ?? []) {
    const { containerID = '', state, started } = container;
    const found = state?.running && started ? result(containerID) : undefined;
    if (found === undefined) continue;
    const isReady = found === 'success';
    if (container.ready === isReady || before.get(containerID)?.ready !== isReady) continue;
    container.ready = isReady;
    isMended = true;
  }
  const isAsKnown = status.containerStatuses?.every(
    ({ containerID, ready }) => before.get(containerID)?.ready === ready,
  );
  if (!isMended || !isAsKnown) return;
  const said = new Map(known.conditions?.map((condition) => [condition.type, condition]));
  status.conditions = (status.conditions ?? []).map(
    (condition) => (FOLLOWING.has(condition.type) && said.get(condition.type)) || condition,
  );
}
