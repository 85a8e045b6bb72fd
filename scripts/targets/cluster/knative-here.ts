import type { Availability } from '../availability.ts';
import { createKubectl, type Kubectl } from './kubectl.ts';

/** Knative's own namespace, and that of its ingress Kourier. */
export const SERVING = 'knative-serving';
export const KOURIER = 'kourier-system';

/**
 * Whether a cluster has Knative Serving and Kourier, both at work. That the API knows the types is not enough.
 *
 * @example await findKnative('kind-kind') // { available: true, reason: 'kind-kind with Knative v1.23.0' }
 */
export async function findKnative(
  context: string,
  kubectl: Kubectl = createKubectl({ context }),
): Promise<Omit<Availability, 'target'>> {
  const path = 'jsonpath={.metadata.labels.app\\.kubernetes\\.io/version} {.status.readyReplicas}';
  const read = (namespace: string, words: readonly string[]): Promise<string | undefined> =>
    kubectl.run(['--namespace', namespace, 'get', ...words]).catch(() => undefined);
  const controller = await read(SERVING, ['deployment', 'controller', '--output', path]);
  const remedy = 'How to get it: npm run stage doctor';
  if (controller === undefined)
    return { available: false, reason: `no Knative in ${context}`, remedy };
  const [version = '', ready] = controller.split(' ');
  if (!ready)
    return {
      available: false,
      reason: `Knative ${version} in ${context} is not ready`,
      remedy: `See what "kubectl --namespace ${SERVING} get pods" says.`,
    };
  if ((await read(KOURIER, ['service', 'kourier-internal', '--output', 'name'])) === undefined)
    return { available: false, reason: `no Kourier in ${context}`, remedy };
  return { available: true, reason: `${context} with Knative ${version}` };
}
