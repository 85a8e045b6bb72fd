import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { whenParentIsGone } from '../../cloud/hosts/node/guard.ts';
import { isForgotten, OWNED, ownedLabels, thisOwner } from '../../cloud/hosts/docker/index.ts';
import { createKubectl, type Kubectl } from './kubectl.ts';

/** Pods that are closed with their run have nobody left to drain for. */
const POD_GRACE_SECONDS = 1;
/** An old kubelet takes up to 45 s to say that a pod has ended; after this it is not asked any more. */
const PODS_GONE_WITHIN_MS = 5_000;
const GONE_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 250;
/** `$1` is the context, `$2` the namespace. */
const REMOVE = 'kubectl --context "$1" delete namespace "$2" --ignore-not-found --wait=false';

/** A namespace of one run, with all that is in it. */
export interface Namespace {
  readonly name: string;
  /** kubectl in this namespace. */
  readonly kubectl: Kubectl;
  /** Removes it with all that is in it; resolves when it is gone. */
  remove(): Promise<void>;
}

/**
 * Makes a namespace that belongs to this process: when it is gone, however it went, so is the namespace.
 *
 * @example const { kubectl, remove } = await makeNamespace('kind-kind', '06-kubernetes');
 */
export async function makeNamespace(context: string, stage: string): Promise<Namespace> {
  const name = `serverless-evolution-${stage}-${randomBytes(3).toString('hex')}`;
  const cluster = createKubectl({ context });
  const release = whenParentIsGone(REMOVE, [context, name]);
  const manifest = {
    ...{ apiVersion: 'v1', kind: 'Namespace' },
    metadata: { name, labels: ownedLabels(stage, thisOwner()) },
  };
  await cluster.run(['create', '--filename', '-'], { input: JSON.stringify(manifest) });
  const kubectl = createKubectl({ context, namespace: name });
  return {
    name,
    kubectl,
    async remove() {
      await removePods(kubectl);
      await cluster.run(['delete', 'namespace', name, '--ignore-not-found', '--wait=false']);
      await untilNone(cluster, ['namespace', name], GONE_WITHIN_MS);
      release();
    },
  };
}

/**
 * Ends the pods before their namespace: with pods in it, the namespace's own end is looked after at long intervals.
 */
async function removePods(kubectl: Kubectl): Promise<void> {
  const all = ['--all', '--ignore-not-found', '--wait=false'];
  await kubectl.run(['delete', 'deployments,replicasets,statefulsets,daemonsets,jobs', ...all]);
  await kubectl.run(['delete', 'pods', ...all, `--grace-period=${POD_GRACE_SECONDS}`]);
  if (await untilNone(kubectl, ['pods'], PODS_GONE_WITHIN_MS)) return;
  await kubectl.run(['delete', 'pods', ...all, '--grace-period=0', '--force']);
}

/**
 * Removes the namespaces of commands that ended without a chance to. Answers with their names; their end is not
 * waited for.
 *
 * @example await sweepNamespaces('kind-kind', isAlive) // ['serverless-evolution-06-kubernetes-3f2a9c']
 */
export async function sweepNamespaces(
  context: string,
  isAlive: (pid: number) => boolean,
): Promise<string[]> {
  const cluster = createKubectl({ context });
  const out = await cluster.run(['get', 'namespaces', '--selector', OWNED, '--output', 'json']);
  const { items } = JSON.parse(out) as {
    items: {
      metadata: { name: string; labels?: Record<string, string> };
      status?: { phase?: string };
    }[];
  };
  const { machine } = thisOwner();
  const forgotten = items
    .filter(({ metadata, status }) => {
      const isGoing = status?.phase === 'Terminating';
      return !isGoing && isForgotten(metadata.labels ?? {}, machine, isAlive);
    })
    .map(({ metadata }) => metadata.name);
  if (forgotten.length > 0)
    await cluster.run(['delete', 'namespace', ...forgotten, '--wait=false']);
  return forgotten;
}

/** Whether there was none of these any more before the time was over. */
async function untilNone(
  kubectl: Kubectl,
  what: readonly string[],
  within: number,
): Promise<boolean> {
  const deadline = performance.now() + within;
  const words = ['get', ...what, '--ignore-not-found', '--output', 'name'];
  while ((await kubectl.run(words)) !== '') {
    if (performance.now() > deadline) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}
