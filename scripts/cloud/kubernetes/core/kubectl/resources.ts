import { KubectlError } from './arguments.ts';

/** A kind as kubectl names it. */
export interface Resource {
  readonly id: ResourceId;
  /** How `-o name` and the messages of verbs write it: `deployment.apps`. */
  readonly qualified: string;
  /** Plural, for "No resources found" and errors. */
  readonly plural: string;
  readonly names: readonly string[];
}

export type ResourceId =
  | 'pods'
  | 'deployments'
  | 'replicasets'
  | 'services'
  | 'endpoints'
  | 'configmaps'
  | 'secrets'
  | 'autoscalers'
  | 'events'
  | 'nodes';

const RESOURCES: readonly Resource[] = [
  { id: 'pods', qualified: 'pod', plural: 'pods', names: ['pods', 'pod', 'po'] },
  {
    id: 'deployments',
    qualified: 'deployment.apps',
    plural: 'deployments.apps',
    names: ['deployments', 'deployment', 'deploy', 'deployments.apps', 'deployment.apps'],
  },
  {
    id: 'replicasets',
    qualified: 'replicaset.apps',
    plural: 'replicasets.apps',
    names: ['replicasets', 'replicaset', 'rs', 'replicasets.apps', 'replicaset.apps'],
  },
  {
    id: 'services',
    qualified: 'service',
    plural: 'services',
    names: ['services', 'service', 'svc'],
  },
  { id: 'endpoints', qualified: 'endpoints', plural: 'endpoints', names: ['endpoints', 'ep'] },
  {
    id: 'configmaps',
    qualified: 'configmap',
    plural: 'configmaps',
    names: ['configmaps', 'configmap', 'cm'],
  },
  { id: 'secrets', qualified: 'secret', plural: 'secrets', names: ['secrets', 'secret'] },
  {
    id: 'autoscalers',
    qualified: 'horizontalpodautoscaler.autoscaling',
    plural: 'horizontalpodautoscalers.autoscaling',
    names: ['horizontalpodautoscalers', 'horizontalpodautoscaler', 'hpa'],
  },
  { id: 'events', qualified: 'event', plural: 'events', names: ['events', 'event', 'ev'] },
  { id: 'nodes', qualified: 'node', plural: 'nodes', names: ['nodes', 'node', 'no'] },
];

/** What `get all` shows, in its order. */
export const ALL: readonly ResourceId[] = [
  'pods',
  'services',
  'deployments',
  'replicasets',
  'autoscalers',
];

/**
 * The kind that a word means.
 *
 * @example findResource('deploy').qualified // 'deployment.apps'
 */
export function findResource(word: string): Resource {
  const found = RESOURCES.find(({ names }) => names.includes(word.toLowerCase()));
  if (!found) throw new KubectlError(`the server doesn't have a resource type "${word}"`);
  return found;
}

/** The kind by its id. */
export function resourceOf(id: ResourceId): Resource {
  const found = RESOURCES.find((resource) => resource.id === id);
  if (!found) throw new Error(`no resource "${id}"`);
  return found;
}

/** What a command line asks for: kinds, and names of them; no names mean all. */
export interface Wanted {
  readonly resource: Resource;
  readonly names: readonly string[];
}

/**
 * Reads `pods`, `pods,svc`, `pod NAME ...` and `deployment/todo pod/x`.
 *
 * @example readWanted(['deploy/todo']) // [{ resource: deployments, names: ['todo'] }]
 */
export function readWanted(words: readonly string[]): Wanted[] {
  const [kinds, ...names] = words;
  if (kinds === undefined) throw new KubectlError('You must specify the type of resource to get.');
  if (words.some((word) => word.includes('/'))) {
    return words.map((word) => {
      const [kind = '', name, more] = word.split('/');
      if (!name || more !== undefined) {
        throw new KubectlError(
          `there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'`,
        );
      }
      return { resource: findResource(kind), names: [name] };
    });
  }
  const ids = kinds.split(',').flatMap((kind) => (kind === 'all' ? ALL : [findResource(kind).id]));
  return ids.map((id) => ({ resource: resourceOf(id), names }));
}
