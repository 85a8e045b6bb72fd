import {
  type Autoscaler,
  type ClusterEvent,
  type ConfigMap,
  type Deployment,
  type EndpointSlice,
  type KubernetesObject,
  millisecondsOf,
  nameOf,
  type Pod,
  type PodTemplate,
  type ReplicaSet,
  type Secret,
  type Service,
  type ServicePort,
  type Time,
} from '../objects.ts';
import { age } from './age.ts';
import type { Row } from './columns.ts';
import { podState } from './pod-state.ts';
import { labelText } from './selector.ts';

/** Endpoints as `kubectl get endpoints` knows them: a Service's name and its ready addresses. */
export interface Endpoints extends KubernetesObject {
  readonly slices: readonly EndpointSlice[];
}

/** A table of one kind: `wide` columns come after the plain ones. */
export interface Columns<Item> {
  readonly heads: readonly string[];
  readonly wide: readonly string[];
  cells(item: Item, now: number): Row;
  wideCells(item: Item): Row;
}

const since = (time: Time | null | undefined, now: number): string => {
  const milliseconds = millisecondsOf(time);
  return milliseconds === undefined ? '<unknown>' : age(now - milliseconds);
};
const ageOf = (item: KubernetesObject, now: number): string =>
  since(item.metadata?.creationTimestamp, now);
const plain = { wide: [], wideCells: () => [] };

export const PODS: Columns<Pod> = {
  heads: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
  wide: ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'],
  cells(pod, now) {
    const { ready, containers, status, restarts, lastRestart } = podState(pod);
    const when =
      restarts > 0 && lastRestart !== undefined ? ` (${age(now - lastRestart)} ago)` : '';
    return [nameOf(pod), `${ready}/${containers}`, status, `${restarts}${when}`, ageOf(pod, now)];
  },
  wideCells: (pod) => [
    pod.status?.podIP || '<none>',
    pod.spec?.nodeName || '<none>',
    '<none>',
    '<none>',
  ],
};

export const DEPLOYMENTS: Columns<Deployment> = {
  heads: ['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE'],
  wide: ['CONTAINERS', 'IMAGES', 'SELECTOR'],
  cells(deployment, now) {
    const { spec, status } = deployment;
    return [
      nameOf(deployment),
      `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
      String(status?.updatedReplicas ?? 0),
      String(status?.availableReplicas ?? 0),
      ageOf(deployment, now),
    ];
  },
  wideCells: ({ spec }) => [
    ...containersOf(spec?.template),
    labelText(spec?.selector?.matchLabels),
  ],
};

export const REPLICA_SETS: Columns<ReplicaSet> = {
  heads: ['NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE'],
  wide: ['CONTAINERS', 'IMAGES', 'SELECTOR'],
  cells(set, now) {
    const { spec, status } = set;
    return [
      nameOf(set),
      String(spec?.replicas ?? 0),
      String(status?.replicas ?? 0),
      String(status?.readyReplicas ?? 0),
      ageOf(set, now),
    ];
  },
  wideCells: ({ spec }) => [
    ...containersOf(spec?.template),
    labelText(spec?.selector?.matchLabels),
  ],
};

export const SERVICES: Columns<Service> = {
  heads: ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'],
  wide: ['SELECTOR'],
  cells: (service, now) => [
    nameOf(service),
    service.spec?.type ?? 'ClusterIP',
    service.spec?.clusterIP ?? '<none>',
    '<none>',
    portsText(service.spec?.ports ?? []),
    ageOf(service, now),
  ],
  wideCells: ({ spec }) => [labelText(spec?.selector)],
};

export const ENDPOINTS: Columns<Endpoints> = {
  ...plain,
  heads: ['NAME', 'ENDPOINTS', 'AGE'],
  cells: (endpoints, now) => [nameOf(endpoints), endpointsText(endpoints), ageOf(endpoints, now)],
};

export const CONFIG_MAPS: Columns<ConfigMap> = {
  ...plain,
  heads: ['NAME', 'DATA', 'AGE'],
  cells: (map, now) => [nameOf(map), String(Object.keys(map.data ?? {}).length), ageOf(map, now)],
};

export const SECRETS: Columns<Secret> = {
  ...plain,
  heads: ['NAME', 'TYPE', 'DATA', 'AGE'],
  cells: (secret, now) => [
    nameOf(secret),
    secret.type ?? 'Opaque',
    String(Object.keys(secret.data ?? {}).length),
    ageOf(secret, now),
  ],
};

export const AUTOSCALERS: Columns<Autoscaler> = {
  ...plain,
  heads: ['NAME', 'REFERENCE', 'TARGETS', 'MINPODS', 'MAXPODS', 'REPLICAS', 'AGE'],
  cells(autoscaler, now) {
    const { spec, status } = autoscaler;
    const current = status?.currentCPUUtilizationPercentage;
    const used = current === undefined ? '<unknown>' : `${current}%`;
    return [
      nameOf(autoscaler),
      `${spec?.scaleTargetRef.kind}/${spec?.scaleTargetRef.name}`,
      `cpu: ${used}/${spec?.targetCPUUtilizationPercentage ?? 80}%`,
      String(spec?.minReplicas ?? 1),
      String(spec?.maxReplicas ?? 0),
      String(status?.currentReplicas ?? 0),
      ageOf(autoscaler, now),
    ];
  },
};

export const EVENTS: Columns<ClusterEvent> = {
  heads: ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
  wide: ['SOURCE', 'FIRST SEEN', 'COUNT', 'NAME'],
  cells: (event, now) => [
    since(event.lastTimestamp ?? event.firstTimestamp ?? event.eventTime, now),
    event.type ?? '',
    event.reason ?? '',
    objectText(event),
    (event.message ?? '').trim(),
  ],
  wideCells: (event) => [sourceText(event), '<unknown>', String(event.count ?? 1), nameOf(event)],
};

/** Who told of an event: `kubelet, node-1`. */
export function sourceText({ source }: ClusterEvent): string {
  return [source?.component, source?.host].filter(Boolean).join(', ');
}

/** What an event is about: `pod/todo-5d7-x2`. */
export function objectText({ involvedObject }: ClusterEvent): string {
  return `${involvedObject?.kind?.toLowerCase() ?? ''}/${involvedObject?.name ?? ''}`;
}

/** `80:31000/TCP`, or `80/TCP` where no port of the node is open. */
export function portsText(ports: readonly ServicePort[]): string {
  return ports
    .map(({ port, nodePort, protocol = 'TCP' }) =>
      nodePort === undefined ? `${port}/${protocol}` : `${port}:${nodePort}/${protocol}`,
    )
    .join(',');
}

/** The ready addresses, three at most. */
export function endpointsText({ slices }: Pick<Endpoints, 'slices'>): string {
  const addresses = addressesOf(slices);
  if (addresses.length === 0) return '<none>';
  const more = addresses.length > 3 ? ` + ${addresses.length - 3} more...` : '';
  return addresses.slice(0, 3).join(',') + more;
}

/** Every ready address with its port. */
export function addressesOf(slices: readonly EndpointSlice[]): string[] {
  return slices.flatMap(({ endpoints = [], ports = [] }) =>
    endpoints
      .filter(({ conditions }) => conditions?.ready !== false)
      .map(({ addresses: [address = ''] }) => address)
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .flatMap((address) => ports.map(({ port }) => `${address}:${port ?? ''}`)),
  );
}

function containersOf(template: PodTemplate | undefined): [string, string] {
  const containers = template?.spec?.containers ?? [];
  return [
    containers.map(({ name }) => name).join(','),
    containers.map(({ image = '' }) => image).join(','),
  ];
}

export const NODES: Columns<KubernetesObject> = {
  ...plain,
  heads: ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'],
  cells: (node, now) => [nameOf(node), 'Ready', 'control-plane', ageOf(node, now), 'v1.36.0'],
};
