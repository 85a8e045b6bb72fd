import type { Availability } from '../availability.ts';
import { findDocker } from '../docker-here.ts';
import {
  chooseContext,
  type ClusterContext,
  CONTEXT_VARIABLE,
  type Kubeconfig,
} from './context.ts';
import { createKubectl } from './kubectl.ts';

type Finding = Omit<Availability, 'target'>;

/** A cluster that does not answer in this time is as good as missing. */
const ANSWER = '5s';

/**
 * The cluster that a stage may be applied to, if it answers, and Docker to build images with.
 *
 * @example await findCluster() // { available: true, reason: 'kind-kind, Kubernetes v1.35.0', context: { ... } }
 */
export async function findCluster(): Promise<Finding & { readonly context?: ClusterContext }> {
  const kubectl = createKubectl();
  let config: Kubeconfig;
  try {
    config = JSON.parse(await kubectl.run(['config', 'view', '--output', 'json'])) as Kubeconfig;
  } catch (error) {
    const [reason = '', remedy = 'See what "kubectl config view" says.'] = (
      error as Error
    ).message.split('. ', 2);
    return { available: false, reason, remedy };
  }
  const context = chooseContext(config, process.env[CONTEXT_VARIABLE]);
  if ('refused' in context) {
    return { available: false, reason: context.refused, remedy: context.remedy };
  }
  const [docker, version] = await Promise.all([findDocker(), serverVersion(context.name)]);
  if (version === undefined) {
    return {
      available: false,
      reason: `the cluster of context "${context.name}" does not answer`,
      remedy: `Start it, and see what "kubectl --context ${context.name} get nodes" says.`,
    };
  }
  if (!docker.available) return { ...docker, reason: `${docker.reason}, which builds the images` };
  return { available: true, reason: `${context.name}, Kubernetes ${version}`, context };
}

async function serverVersion(context: string): Promise<string | undefined> {
  const words = ['get', '--raw', '/version', '--request-timeout', ANSWER];
  try {
    const { gitVersion } = JSON.parse(await createKubectl({ context }).run(words)) as {
      gitVersion: string;
    };
    return gitVersion;
  } catch {
    return undefined;
  }
}
