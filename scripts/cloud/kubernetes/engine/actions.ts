import type { Tell } from '../../shared/traced-request.ts';
import { canonical, withoutHash } from '../core/kubectl/complete-deployment.ts';
import { RESTARTED_AT, revisionOf, undoTarget } from '../core/kubectl/rollout.ts';
import type { Applied } from '../core/manifest.ts';
import {
  type Deployment,
  type KubernetesObject,
  nameOf,
  type PodTemplate,
} from '../core/objects.ts';
import type { Engine } from './kubernetes.ts';
import { type Change, KEPT_KINDS, type KeptKind } from './object-store.ts';

const NAMESPACE = 'default';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** How often a change is tried again that somebody else was faster with. */
const CONFLICT_TRIES = 10;

/** What a person or a controller does to the cluster's objects. */
export interface Actions {
  apply(object: Applied): Promise<Change>;
  setReplicas(deployment: string, replicas: number): Promise<void>;
  /** Sets variables in every container of every Deployment, or of those named: a new template, so a rollout. */
  setEnvironment(
    variables: Readonly<Record<string, string | undefined>>,
    deployment?: string,
  ): Promise<void>;
  setImage(deployment: string, images: Readonly<Record<string, string>>): Promise<void>;
  rolloutRestart(deployment: string): Promise<void>;
  /** Goes back to an older template; undefined when there is none, false when it is the current one. */
  rolloutUndo(deployment: string, revision?: number): Promise<boolean | undefined>;
  /** Resolves when the pods are gone. */
  deletePods(names: readonly string[], grace?: number): Promise<void>;
  delete(kind: string, name: string): Promise<void>;
  record(
    about: KubernetesObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): Promise<void>;
  /** Whether the kubelet is stopping the pod's container because its probe failed. */
  isUnhealthy(pod: string): boolean;
}

/**
 * The verbs that change a cluster.
 *
 * @example await createActions(engine, tell).setReplicas('todo', 5);
 */
export function createActions(engine: Engine, tell: Tell): Actions {
  const { cluster, state, store, realClock } = engine;
  const { corev1, appsv1 } = cluster.api;
  const isKept = (kind: string): kind is KeptKind => KEPT_KINDS.some((each) => each === kind);

  /** Resolves when what was written is what everybody here reads. */
  function seen(kind: 'deployments' | 'services', { metadata }: KubernetesObject): Promise<void> {
    const version = Number(metadata?.resourceVersion ?? 0);
    return state.until(
      () =>
        Number(state.get(kind, metadata?.name ?? '')?.metadata?.resourceVersion ?? 0) >= version,
    );
  }

  /** Reads, changes and writes; begins anew when somebody else has written in between. */
  async function changeDeployment(
    name: string,
    change: (deployment: Deployment) => Deployment,
  ): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const found = await appsv1.readNamespacedDeployment({ name, namespace: NAMESPACE });
      try {
        const body = change(structuredClone(found));
        await appsv1.replaceNamespacedDeployment({ name, namespace: NAMESPACE, body });
        // What a write answers has the version of before.
        await seen(
          'deployments',
          await appsv1.readNamespacedDeployment({ name, namespace: NAMESPACE }),
        );
        return;
      } catch (error) {
        const isConflict =
          (error as Error).name === 'Conflict' || (error as { code?: number }).code === 409;
        if (!isConflict || attempt === CONFLICT_TRIES) throw error;
      }
    }
  }

  const changeTemplate = (name: string, change: (template: PodTemplate) => void): Promise<void> =>
    changeDeployment(name, (deployment) => {
      if (deployment.spec?.template) change(deployment.spec.template);
      return deployment;
    });

  return {
    async apply(object) {
      if (isKept(object.kind)) return store.apply(object);
      const kind = object.kind === 'Deployment' ? 'deployments' : 'services';
      const before = state.get(kind, nameOf(object));
      // Our own copy: the cluster writes its defaults into what it is given.
      await cluster.apply([structuredClone(object)]);
      const request = { name: nameOf(object), namespace: NAMESPACE };
      const applied =
        kind === 'deployments'
          ? await appsv1.readNamespacedDeployment(request)
          : await corev1.readNamespacedService(request);
      await seen(kind, applied);
      if (!before) return 'created';
      const text = lastApplied(before);
      return text !== undefined && sameJson(text, object) ? 'unchanged' : 'configured';
    },
    async setReplicas(name, replicas) {
      await changeDeployment(name, (deployment) => ({
        ...deployment,
        spec: { ...deployment.spec, replicas },
      }));
    },
    async setEnvironment(variables, only) {
      const names = only === undefined ? state.list('deployments').map(nameOf) : [only];
      for (const name of names) {
        await changeTemplate(name, (template) => {
          for (const container of template.spec?.containers ?? []) {
            const others = (container.env ?? []).filter(
              (variable) => !Object.hasOwn(variables, variable.name),
            );
            const set = Object.entries(variables).flatMap(([key, value]) =>
              value === undefined ? [] : [{ name: key, value }],
            );
            container.env = [...others, ...set];
          }
        });
      }
    },
    async setImage(name, images) {
      await changeTemplate(name, (template) => {
        for (const container of template.spec?.containers ?? []) {
          const image = images[container.name] ?? images['*'];
          if (image !== undefined) container.image = image;
        }
      });
    },
    async rolloutRestart(name) {
      await changeTemplate(name, (template) => {
        template.metadata ??= {};
        // To the second, as kubectl writes it; two restarts in one second are one.
        const now = `${new Date(realClock.now()).toISOString().slice(0, 19)}Z`;
        template.metadata.annotations = { ...template.metadata.annotations, [RESTARTED_AT]: now };
      });
    },
    async rolloutUndo(name, revision) {
      const deployment = state.get('deployments', name);
      const target = deployment && undoTarget(deployment, state.list('replicasets'), revision);
      if (!deployment || !target) return undefined;
      if (revisionOf(target) === revisionOf(deployment)) return false;
      await changeDeployment(name, (found) => ({
        ...found,
        spec: { ...found.spec, template: withoutHash(target.spec?.template) },
      }));
      return true;
    },
    async deletePods(names, grace) {
      const gone = new Set(names);
      await Promise.all(
        names.map((name) =>
          corev1.deleteNamespacedPod({
            name,
            namespace: NAMESPACE,
            ...(grace !== undefined && { gracePeriodSeconds: grace }),
          }),
        ),
      );
      await state.until(() => !state.list('pods').some((pod) => gone.has(nameOf(pod))));
    },
    async delete(kind, name) {
      if (isKept(kind)) return void store.delete(kind, name);
      const request = { name, namespace: NAMESPACE };
      if (kind === 'Deployment') await appsv1.deleteNamespacedDeployment(request);
      else await corev1.deleteNamespacedService(request);
    },
    async record(about, type, reason, message) {
      const now = new Date(realClock.now());
      await corev1.createNamespacedEvent({
        namespace: NAMESPACE,
        body: {
          // Like `generateName`: the cluster adds five characters.
          metadata: { generateName: `${nameOf(about)}.`, namespace: NAMESPACE } as object,
          involvedObject: {
            ...(about.kind && { kind: about.kind }),
            name: nameOf(about),
            namespace: NAMESPACE,
            ...(about.metadata?.uid && { uid: about.metadata.uid }),
          },
          type,
          reason,
          message,
          count: 1,
          firstTimestamp: now,
          lastTimestamp: now,
          source: { component: 'horizontal-pod-autoscaler' },
        },
      });
      void tell;
    },
    isUnhealthy: (pod) =>
      state
        .list('events')
        .some(
          ({ involvedObject, reason, message = '' }) =>
            involvedObject?.name === pod && reason === 'Killing' && message.includes('probe'),
        ),
  };
}

function lastApplied({ metadata }: KubernetesObject): string | undefined {
  return metadata?.annotations?.[LAST_APPLIED];
}

/** Whether the object is what was applied before, but for what the cluster adds to it. */
function sameJson(text: string, object: KubernetesObject): boolean {
  const before = JSON.parse(text) as KubernetesObject;
  const withNamespace = { ...object, metadata: { ...object.metadata, namespace: NAMESPACE } };
  return canonical(before) === canonical(withNamespace);
}
