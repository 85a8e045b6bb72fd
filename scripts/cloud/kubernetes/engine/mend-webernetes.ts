import type { Deployment } from '../core/objects.ts';
import { nameEnds } from './end-reasons.ts';
import { keepReadiness } from './readiness.ts';
import type { Cluster } from './webernetes.ts';

interface StatusRequest {
  readonly body: Deployment;
}

type ReplaceStatus = (request: StatusRequest) => Promise<Deployment>;

const mended = new WeakSet<object>();

/**
 * Four mends of what version 0.3.5 gets wrong.
 *
 * The Deployment controller keeps the object whose status it wrote, as it was before: a template that was
 * changed meanwhile is lost to it until the next change. And hooks, which have no time limit, are run with none
 * left, since the kubelet writes "no limit" as 0. The third is a pod that is ready, is not, and is again; the
 * fourth a container that has ended and does not say why.
 *
 * @example mendWebernetes(cluster);
 */
export function mendWebernetes(cluster: Cluster): void {
  mendStatus(Object.getPrototypeOf(cluster.api.appsv1) as object);
  for (const { runtimeService, kubelet } of cluster.servers) {
    keepReadiness(kubelet);
    nameEnds(kubelet);
    const execSync = runtimeService.execSync.bind(runtimeService);
    runtimeService.execSync = (context, container, command, seconds) =>
      execSync(context, container, command, seconds || undefined);
  }
}

/** The controllers have clients of their own, of one class. */
function mendStatus(client: object): void {
  if (mended.has(client)) return;
  mended.add(client);
  const own = client as { replaceNamespacedDeploymentStatus: ReplaceStatus };
  const replace = own.replaceNamespacedDeploymentStatus;
  own.replaceNamespacedDeploymentStatus = async function mendedReplace(this: unknown, request) {
    const written = await replace.call(this, request);
    // The wishes alone: annotations and status are the controller's own, and one that came back different
    // would be written again without an end.
    if (written.spec) request.body.spec = structuredClone(written.spec);
    return written;
  };
}
