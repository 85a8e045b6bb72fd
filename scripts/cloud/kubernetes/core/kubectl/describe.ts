import {
  type Autoscaler,
  type ClusterEvent,
  type ConfigMap,
  type Deployment,
  type EndpointSlice,
  nameOf,
  type ReplicaSet,
  type Secret,
  type Service,
} from '../objects.ts';
import { type Row, description } from './columns.ts';
import { eventRows, longTime, mapRows } from './describe-parts.ts';
import { templateRows } from './describe-pod.ts';
import { revisionOf, setsOf } from './rollout.ts';
import { addressesOf } from './rows.ts';
import { labelText } from './selector.ts';

/** Addresses that a Service's description shows. */
const SHOWN_ENDPOINTS = 3;

/**
 * What `kubectl describe deployment` prints.
 *
 * @example describeDeployment(deployment, replicaSets, events, Date.now())
 */
export function describeDeployment(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  events: readonly ClusterEvent[],
  now: number,
): string {
  const { metadata, spec, status } = deployment;
  const { strategy } = spec ?? {};
  const counts = [
    `${spec?.replicas ?? 0} desired`,
    `${status?.updatedReplicas ?? 0} updated`,
    `${status?.replicas ?? 0} total`,
    `${status?.availableReplicas ?? 0} available`,
    `${status?.unavailableReplicas ?? 0} unavailable`,
  ].join(' | ');
  const rolling = strategy?.rollingUpdate;
  const own = setsOf(deployment, sets);
  const newest = own.find((set) => revisionOf(set) === revisionOf(deployment));
  const old = own.filter((set) => set !== newest);
  return description([
    ['Name:', nameOf(deployment)],
    ['Namespace:', metadata?.namespace ?? ''],
    ['CreationTimestamp:', longTime(metadata?.creationTimestamp)],
    ...mapRows('Labels:', metadata?.labels),
    ...mapRows('Annotations:', metadata?.annotations, ': '),
    ['Selector:', labelText(spec?.selector?.matchLabels)],
    ['Replicas:', counts],
    ['StrategyType:', strategy?.type ?? 'RollingUpdate'],
    ['MinReadySeconds:', String(spec?.minReadySeconds ?? 0)],
    ...(rolling
      ? [
          [
            'RollingUpdateStrategy:',
            `${rolling.maxUnavailable ?? '25%'} max unavailable, ${rolling.maxSurge ?? '25%'} max surge`,
          ],
        ]
      : []),
    ...templateRows(spec?.template),
    ...conditionRows(status?.conditions ?? []),
    ['OldReplicaSets:', setsText(old)],
    ['NewReplicaSet:', setsText(newest ? [newest] : [])],
    ...eventRows(events, now),
  ]);
}

/** What `kubectl describe service` prints. */
export function describeService(
  service: Service,
  slices: readonly EndpointSlice[],
  events: readonly ClusterEvent[],
  now: number,
): string {
  const { metadata, spec } = service;
  const addresses = addressesOf(slices);
  const more =
    addresses.length > SHOWN_ENDPOINTS ? ` + ${addresses.length - SHOWN_ENDPOINTS} more...` : '';
  const shown = addresses.slice(0, SHOWN_ENDPOINTS).join(',') + more;
  return description([
    ['Name:', nameOf(service)],
    ['Namespace:', metadata?.namespace ?? ''],
    ...mapRows('Labels:', metadata?.labels),
    ...mapRows('Annotations:', metadata?.annotations, ': '),
    ['Selector:', labelText(spec?.selector)],
    ['Type:', spec?.type ?? 'ClusterIP'],
    ['IP Family Policy:', 'SingleStack'],
    ['IP Families:', 'IPv4'],
    ['IP:', spec?.clusterIP ?? '<none>'],
    ['IPs:', spec?.clusterIP ?? '<none>'],
    ...(spec?.ports ?? []).flatMap(({ name, port, protocol, targetPort, nodePort }): Row[] => [
      ['Port:', name || '<unset>', `${port}/${protocol ?? 'TCP'}`],
      ['TargetPort:', `${targetPort ?? port}/${protocol ?? 'TCP'}`],
      ...(nodePort === undefined
        ? []
        : [['NodePort:', name || '<unset>', `${nodePort}/${protocol ?? 'TCP'}`]]),
      ['Endpoints:', shown],
    ]),
    ['Session Affinity:', spec?.sessionAffinity ?? 'None'],
    ...(spec?.type === 'NodePort' ? [['External Traffic Policy:', 'Cluster']] : []),
    ['Internal Traffic Policy:', 'Cluster'],
    ...eventRows(events, now),
  ]);
}

/** What `kubectl describe hpa` prints. */
export function describeAutoscaler(
  autoscaler: Autoscaler,
  deployment: Deployment | undefined,
  events: readonly ClusterEvent[],
  now: number,
): string {
  const { metadata, spec, status } = autoscaler;
  const used = status?.currentCPUUtilizationPercentage;
  const target = spec?.targetCPUUtilizationPercentage ?? 80;
  const pods = `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`;
  return description([
    ['Name:', nameOf(autoscaler)],
    ['Namespace:', metadata?.namespace ?? ''],
    ...mapRows('Labels:', metadata?.labels),
    ...mapRows('Annotations:', metadata?.annotations, ': '),
    ['CreationTimestamp:', longTime(metadata?.creationTimestamp)],
    ['Reference:', `${spec?.scaleTargetRef.kind}/${spec?.scaleTargetRef.name}`],
    ['Metrics:', '( current / target )'],
    [
      '  resource cpu on pods  (as a percentage of request):',
      `${used === undefined ? '<unknown>' : `${used}%`} / ${target}%`,
    ],
    ['Min replicas:', String(spec?.minReplicas ?? 1)],
    ['Max replicas:', String(spec?.maxReplicas ?? 0)],
    [`${spec?.scaleTargetRef.kind} pods:`, deployment ? pods : '<unknown>'],
    ...(status?.conditions
      ? [
          ['Conditions:'],
          ['  Type', 'Status', 'Reason', 'Message'],
          ['  ----', '------', '------', '-------'],
          ...status.conditions.map(({ type, status: holds, reason = '', message = '' }) => [
            `  ${type}`,
            holds,
            reason,
            message,
          ]),
        ]
      : []),
    ...eventRows(events, now),
  ]);
}

/** What `kubectl describe configmap` prints. */
export function describeConfigMap(map: ConfigMap): string {
  const data = Object.entries(map.data ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    description([
      ['Name:', nameOf(map)],
      ['Namespace:', map.metadata?.namespace ?? ''],
      ...mapRows('Labels:', map.metadata?.labels),
      ...mapRows('Annotations:', map.metadata?.annotations, ': '),
    ]),
    '\nData\n====\n',
    ...data.map(([key, value]) => `${key}:\n----\n${value}\n\n`),
    '\nBinaryData\n====\n\nEvents:  <none>\n',
  ].join('');
}

/** What `kubectl describe secret` prints: sizes, never values. */
export function describeSecret(secret: Secret): string {
  const data = Object.entries(secret.data ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    description([
      ['Name:', nameOf(secret)],
      ['Namespace:', secret.metadata?.namespace ?? ''],
      ...mapRows('Labels:', secret.metadata?.labels),
      ...mapRows('Annotations:', secret.metadata?.annotations, ': '),
    ]),
    `\nType:  ${secret.type ?? 'Opaque'}\n\nData\n====\n`,
    description(data.map(([key, value]) => [`${key}:`, `${bytesOf(value)} bytes`])),
  ].join('');
}

function conditionRows(
  conditions: readonly { type: string; status: string; reason?: string }[],
): Row[] {
  if (conditions.length === 0) return [];
  return [
    ['Conditions:'],
    ['  Type', 'Status', 'Reason'],
    ['  ----', '------', '------'],
    ...conditions.map(({ type, status, reason = '' }): Row => [`  ${type}`, status, reason]),
  ];
}

function setsText(sets: readonly ReplicaSet[]): string {
  return (
    sets
      .map(
        (set) =>
          `${nameOf(set)} (${set.status?.replicas ?? 0}/${set.spec?.replicas ?? 0} replicas created)`,
      )
      .join(', ') || '<none>'
  );
}

/** How many bytes a base64 text stands for. */
function bytesOf(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}
