import type { Kubelet } from './webernetes.ts';

/**
 * Tells when a kubelet has found out why a container does not run. It writes that into the pod's status only with
 * its next look at the pod; where nothing else happens that is ten seconds later, when the wait may be over.
 *
 * @example onNewReason(kubelet, (uid) => void kubelet.handlePodSyncs(cluster.ctx, podsWith(uid)));
 */
export function onNewReason(
  { reasonCache }: Pick<Kubelet, 'reasonCache'>,
  tell: (podUid: string) => void,
): void {
  const update = reasonCache.update.bind(reasonCache);
  const reasonOf = (uid: string, container: string): string | undefined =>
    reasonCache.get(uid, container)[0]?.err.message;

  reasonCache.update = (uid, result) => {
    const containers = result.syncResults
      .filter(({ action }) => action === 'StartContainer')
      .map(({ target }) => String(target));
    const before = containers.map((container) => reasonOf(uid, container));
    update(uid, result);
    const after = containers.map((container) => reasonOf(uid, container));
    if (after.some((reason, index) => reason !== undefined && reason !== before[index])) tell(uid);
  };
}
