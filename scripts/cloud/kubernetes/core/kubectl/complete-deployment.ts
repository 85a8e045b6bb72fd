import type { Deployment, KubernetesObject, PodTemplate, ReplicaSet } from '../objects.ts';
import { REVISION, revisionOf, setsOf } from './rollout.ts';

/** The label by which a ReplicaSet tells its pods from those of the others. */
const TEMPLATE_HASH = 'pod-template-hash';

/** How many pods its Deployment asked for when the controller last looked. */
const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';

/**
 * A Deployment with what its cluster knows and does not write into it: the revision, whether the controller has
 * seen the newest template, and how many pods there are, counted from its ReplicaSets.
 *
 * @example completeDeployment(deployment, replicaSets, 2).status?.observedGeneration // 1 until the controller has acted
 */
export function completeDeployment(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  generation: number,
): Deployment {
  const own = setsOf(deployment, sets);
  const last = own.at(-1);
  const wanted = String(deployment.spec?.replicas ?? 1);
  const isObserved =
    last !== undefined &&
    sameTemplate(last, deployment) &&
    last.metadata?.annotations?.[DESIRED_REPLICAS] === wanted;
  const sum = (count: (status: NonNullable<ReplicaSet['status']>) => number | undefined): number =>
    own.reduce((total, { status }) => total + (status ? (count(status) ?? 0) : 0), 0);
  const revision = last && revisionOf(last);
  return {
    ...deployment,
    metadata: {
      ...deployment.metadata,
      generation,
      ...(revision && {
        annotations: { ...deployment.metadata?.annotations, [REVISION]: String(revision) },
      }),
    },
    status: {
      ...deployment.status,
      observedGeneration: isObserved ? generation : generation - 1,
      replicas: sum(({ replicas }) => replicas),
      updatedReplicas: isObserved ? (last.status?.replicas ?? 0) : 0,
      readyReplicas: sum(({ readyReplicas }) => readyReplicas),
      availableReplicas: sum(({ availableReplicas }) => availableReplicas),
    },
  };
}

function sameTemplate({ spec }: ReplicaSet, deployment: Deployment): boolean {
  return (
    canonical(withoutHash(spec?.template)) === canonical(withoutHash(deployment.spec?.template))
  );
}

/**
 * A template as a Deployment has it: without the label that its ReplicaSet adds.
 *
 * @example withoutHash(replicaSet.spec?.template)
 */
export function withoutHash(template: PodTemplate | undefined): PodTemplate {
  const { [TEMPLATE_HASH]: _, ...labels } = template?.metadata?.labels ?? {};
  return structuredClone({ ...template, metadata: { ...template?.metadata, labels } });
}

/** JSON whose members are in one order, so that equal values are equal texts. */
export function canonical(value: PodTemplate | KubernetesObject | undefined): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
