import { KubectlError } from '../../core/kubectl/arguments.ts';
import { aggregate } from '../../core/kubectl/aggregate.ts';
import { goDuration } from '../../core/kubectl/age.ts';
import type { Resource, ResourceId, Wanted } from '../../core/kubectl/resources.ts';
import type { Endpoints } from '../../core/kubectl/rows.ts';
import { parseSelector } from '../../core/kubectl/selector.ts';
import {
  type ClusterEvent,
  type EndpointSlice,
  type KubernetesObject,
  nameOf,
  type Pod,
} from '../../core/objects.ts';
import type { Engine } from '../kubernetes.ts';
import { ServerError, type VerbContext } from './verb.ts';

/** All objects of a kind, as kubectl sees them, ordered by name; events by time. */
export function objectsOf(engine: Engine, id: ResourceId): KubernetesObject[] {
  const { state, store } = engine;
  switch (id) {
    case 'pods':
      return state.list('pods').map(presented);
    case 'deployments':
    case 'replicasets':
    case 'services':
      return state.list(id);
    case 'endpoints':
      return state.list('services').map((service): Endpoints => ({
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { ...service.metadata },
        slices: slicesOf(engine, nameOf(service)),
      }));
    case 'configmaps':
      return store.list('ConfigMap');
    case 'secrets':
      return store.list('Secret');
    case 'autoscalers':
      return store.list('HorizontalPodAutoscaler');
    case 'events':
      return aggregate(state.list('events'));
    case 'nodes':
      return engine.cluster.servers.map(({ name }) => ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name, creationTimestamp: engine.started },
      }));
  }
}

/** The endpoint slices of a Service. */
export function slicesOf({ state }: Engine, service: string): EndpointSlice[] {
  return state
    .list('endpointslices')
    .filter(({ metadata }) => metadata?.labels?.['kubernetes.io/service-name'] === service);
}

/** What was said about an object. */
export function eventsAbout(
  { state }: Engine,
  kind: string,
  object: KubernetesObject,
): ClusterEvent[] {
  return state
    .list('events')
    .filter(
      ({ involvedObject }) =>
        involvedObject?.kind === kind &&
        involvedObject.name === nameOf(object) &&
        (involvedObject.uid === undefined || involvedObject.uid === object.metadata?.uid),
    );
}

/**
 * The objects that a command line asks for; one that is named and not there is an error of the server.
 *
 * @example chosen(context, { resource: findResource('pods'), names: [] })
 */
export function chosen(context: VerbContext, { resource, names }: Wanted): KubernetesObject[] {
  const all = objectsOf(context.engine, resource.id);
  const matches = selectorOf(context);
  if (names.length === 0) return all.filter(({ metadata }) => matches(metadata?.labels));
  return names.map((name) => named(all, resource, name));
}

/** The object of that name. */
export function named<Item extends KubernetesObject>(
  all: readonly Item[],
  { plural }: Resource,
  name: string,
): Item {
  const found = all.find((object) => nameOf(object) === name);
  if (!found) throw new ServerError('NotFound', `${plural} "${name}" not found`);
  return found;
}

/** What `-l` asks for; everything without it. */
export function selectorOf({
  call,
}: VerbContext): (labels: Readonly<Record<string, string>> | undefined) => boolean {
  const { selector } = call.flags;
  if (typeof selector !== 'string') return () => true;
  const matches = parseSelector(selector);
  if (!matches) throw new KubectlError(`unable to parse requirement: "${selector}"`);
  return matches;
}

/** Waits of the kubelet in the words of Kubernetes: the engine writes them in milliseconds. */
function presented(pod: Pod): Pod {
  const statuses = pod.status?.containerStatuses;
  if (!statuses?.some(({ state }) => state?.waiting?.message?.startsWith('back-off '))) return pod;
  return {
    ...pod,
    status: {
      ...pod.status,
      containerStatuses: statuses.map((status) => {
        const waiting = status.state?.waiting;
        if (!waiting?.message) return status;
        const message = waiting.message.replace(
          /^back-off (\d+)ms/,
          (_, milliseconds: string) => `back-off ${goDuration(Number(milliseconds))}`,
        );
        return { ...status, state: { waiting: { ...waiting, message } } };
      }),
    },
  };
}
