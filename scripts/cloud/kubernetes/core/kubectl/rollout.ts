import { type Deployment, nameOf, type ReplicaSet } from '../objects.ts';

/** The annotation that counts a Deployment's templates. */
export const REVISION = 'deployment.kubernetes.io/revision';
export const CHANGE_CAUSE = 'kubernetes.io/change-cause';
export const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

export interface RolloutStatus {
  readonly message: string;
  readonly done: boolean;
  readonly failed?: boolean;
}

/**
 * What `kubectl rollout status` says now (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go).
 *
 * @example rolloutStatus(deployment).message // 'Waiting for deployment "todo" rollout to finish: 1 out of 3 new replicas have been updated...'
 */
export function rolloutStatus(deployment: Deployment): RolloutStatus {
  const { metadata, spec, status } = deployment;
  const name = nameOf(deployment);
  const waiting = (what: string): RolloutStatus => ({
    message: `Waiting for deployment "${name}" rollout to finish: ${what}...`,
    done: false,
  });
  if ((metadata?.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return { message: 'Waiting for deployment spec update to be observed...', done: false };
  }
  const progress = status?.conditions?.find(({ type }) => type === 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    return {
      message: `error: deployment "${name}" exceeded its progress deadline`,
      done: true,
      failed: true,
    };
  }
  const wanted = spec?.replicas ?? 1;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status ?? {};
  if (updatedReplicas < wanted) {
    return waiting(`${updatedReplicas} out of ${wanted} new replicas have been updated`);
  }
  if (replicas > updatedReplicas) {
    return waiting(`${replicas - updatedReplicas} old replicas are pending termination`);
  }
  if (availableReplicas < updatedReplicas) {
    return waiting(`${availableReplicas} of ${updatedReplicas} updated replicas are available`);
  }
  return { message: `deployment "${name}" successfully rolled out`, done: true };
}

/** The number of a ReplicaSet's or Deployment's template; 0 for none. */
export function revisionOf(object: Deployment | ReplicaSet): number {
  return Number(object.metadata?.annotations?.[REVISION] ?? 0);
}

/** The ReplicaSets of a Deployment, oldest revision first. */
export function setsOf(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet[] {
  return sets
    .filter((set) =>
      set.metadata?.ownerReferences?.some(({ uid }) => uid === deployment.metadata?.uid),
    )
    .toSorted((a, b) => revisionOf(a) - revisionOf(b));
}

/**
 * The ReplicaSet that an undo goes back to: the one asked for, or the last one before the current one.
 *
 * @example undoTarget(deployment, sets) // the ReplicaSet of revision 1 when the current one is 2
 */
export function undoTarget(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  revision = 0,
): ReplicaSet | undefined {
  const own = setsOf(deployment, sets);
  if (revision > 0) return own.find((set) => revisionOf(set) === revision);
  return own.findLast((set) => revisionOf(set) < revisionOf(deployment));
}
