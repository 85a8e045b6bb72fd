import {
  type ClusterEvent,
  type Condition,
  type Container,
  type ContainerState,
  type ContainerStatus,
  type EnvironmentVariable,
  nameOf,
  type Pod,
  type PodTemplate,
  type Probe,
} from '../objects.ts';
import { type Row, description } from './columns.ts';
import { eventRows, longTime, mapRows } from './describe-parts.ts';

/** The tolerations that every pod has (admission plugin DefaultTolerationSeconds). */
const TOLERATIONS = [
  'node.kubernetes.io/not-ready:NoExecute op=Exists for 300s',
  'node.kubernetes.io/unreachable:NoExecute op=Exists for 300s',
];

/**
 * What `kubectl describe pod` prints (k8s.io/kubectl/pkg/describe).
 *
 * @example describePod(pod, events, Date.now())
 */
export function describePod(pod: Pod, events: readonly ClusterEvent[], now: number): string {
  const { metadata, spec, status } = pod;
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller !== false);
  const deleted = metadata?.deletionTimestamp;
  const rows: Row[] = [
    ['Name:', nameOf(pod)],
    ['Namespace:', metadata?.namespace ?? ''],
    ['Priority:', '0'],
    ['Service Account:', spec?.serviceAccountName ?? 'default'],
    ['Node:', spec?.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>'],
    ...(status?.startTime ? [['Start Time:', longTime(status.startTime)]] : []),
    ...mapRows('Labels:', metadata?.labels),
    ...mapRows('Annotations:', metadata?.annotations, ': '),
    deleted
      ? [
          'Status:',
          `Terminating (lasts ${Math.max(0, Math.round((now - new Date(deleted).getTime()) / 1000))}s)`,
        ]
      : ['Status:', status?.phase ?? ''],
    ...(deleted
      ? [['Termination Grace Period:', `${metadata?.deletionGracePeriodSeconds ?? 30}s`]]
      : []),
    ...(status?.reason ? [['Reason:', status.reason]] : []),
    ...(status?.message ? [['Message:', status.message]] : []),
    ['IP:', status?.podIP ?? ''],
    ...(status?.podIP ? [['IPs:'], ['  IP:', status.podIP]] : [['IPs:', '<none>']]),
    ...(owner ? [['Controlled By:', `${owner.kind}/${owner.name}`]] : []),
    ['Containers:'],
    ...(spec?.containers ?? []).flatMap((container) =>
      containerRows(
        container,
        status?.containerStatuses?.find(({ name }) => name === container.name),
      ),
    ),
    ...conditionRows(status?.conditions ?? []),
    ...volumeRows(pod.spec),
    ['QoS Class:', status?.qosClass ?? qosOf(spec?.containers ?? [])],
    ['Node-Selectors:', '<none>'],
    ...TOLERATIONS.map((text, index): Row => [index === 0 ? 'Tolerations:' : '', text]),
    ...eventRows(events, now),
  ];
  return description(rows);
}

/** A template's containers, in the description of what it belongs to. */
export function templateRows(template: PodTemplate | undefined): Row[] {
  return [
    ['Pod Template:'],
    ...mapRows('  Labels:', template?.metadata?.labels).map(([title = '', text = '']): Row => [
      title === '' ? '  ' : title,
      text,
    ]),
    ...(template?.metadata?.annotations
      ? mapRows('  Annotations:', template.metadata.annotations, ': ')
      : []),
    ['  Containers:'],
    ...(template?.spec?.containers ?? []).flatMap((container) =>
      containerRows(container, undefined, ' '),
    ),
    ...volumeRows(template?.spec).map(([first = '', ...rest]): Row => [`  ${first}`, ...rest]),
    ['  Node-Selectors:', '<none>'],
    ['  Tolerations:', '<none>'],
  ];
}

/** `indent` stands before the name: a template's containers are one further in. */
function containerRows(
  container: Container,
  status: ContainerStatus | undefined,
  indent = '',
): Row[] {
  const [port] = container.ports ?? [];
  const inner: Row[] = [];
  if (status) {
    inner.push(
      ['Container ID:', status.containerID ?? ''],
      ['Image:', container.image ?? ''],
      ['Image ID:', status.imageID ?? ''],
    );
  } else inner.push(['Image:', container.image ?? '']);
  inner.push(
    ['Port:', port ? `${port.containerPort}/${port.protocol ?? 'TCP'}` : '<none>'],
    ['Host Port:', port ? `0/${port.protocol ?? 'TCP'}` : '<none>'],
  );
  if (container.command)
    inner.push(['Command:'], ...container.command.map((word) => [`  ${word}`]));
  if (container.args) inner.push(['Args:'], ...container.args.map((word) => [`  ${word}`]));
  if (status) {
    inner.push(...stateRows('State', status.state));
    if (status.lastState?.terminated) inner.push(...stateRows('Last State', status.lastState));
    inner.push(
      ['Ready:', status.ready ? 'True' : 'False'],
      ['Restart Count:', String(status.restartCount)],
    );
  }
  inner.push(...amountRows('Limits', container.resources?.limits));
  inner.push(...amountRows('Requests', container.resources?.requests));
  if (container.livenessProbe) inner.push(['Liveness:', probeText(container.livenessProbe)]);
  if (container.readinessProbe) inner.push(['Readiness:', probeText(container.readinessProbe)]);
  if (container.startupProbe) inner.push(['Startup:', probeText(container.startupProbe)]);
  inner.push(...environmentRows(container), ...mountRows(container));
  return [
    [`  ${indent}${container.name}:`],
    ...inner.map(([first = '', ...rest]): Row => [`    ${first}`, ...rest]),
  ];
}

function stateRows(title: string, state: ContainerState | undefined): Row[] {
  if (state?.running) {
    return [
      [`${title}:`, 'Running'],
      ['  Started:', longTime(state.running.startedAt)],
    ];
  }
  if (state?.terminated) {
    const { reason, message, exitCode, signal, startedAt, finishedAt } = state.terminated;
    return [
      [`${title}:`, 'Terminated'],
      ...(reason ? [['  Reason:', reason]] : []),
      ...(message ? [['  Message:', message]] : []),
      ['  Exit Code:', String(exitCode)],
      ...(signal ? [['  Signal:', String(signal)]] : []),
      ['  Started:', longTime(startedAt)],
      ['  Finished:', longTime(finishedAt)],
    ];
  }
  const reason = state?.waiting?.reason;
  return [[`${title}:`, 'Waiting'], ...(reason ? [['  Reason:', reason]] : [])];
}

function amountRows(title: string, amounts: Readonly<Record<string, string>> | undefined): Row[] {
  const entries = Object.entries(amounts ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return [];
  return [[`${title}:`], ...entries.map(([name, amount]): Row => [`  ${name}:`, amount])];
}

/** `http-get http://:3001/healthz delay=0s timeout=1s period=10s #success=1 #failure=3` */
export function probeText(probe: Probe): string {
  const attributes = [
    `delay=${probe.initialDelaySeconds ?? 0}s`,
    `timeout=${probe.timeoutSeconds ?? 1}s`,
    `period=${probe.periodSeconds ?? 10}s`,
    `#success=${probe.successThreshold ?? 1}`,
    `#failure=${probe.failureThreshold ?? 3}`,
  ].join(' ');
  if (probe.httpGet) {
    const { scheme = 'HTTP', port, path = '/' } = probe.httpGet;
    return `http-get ${scheme.toLowerCase()}://:${port}${path} ${attributes}`;
  }
  if (probe.tcpSocket) return `tcp-socket :${probe.tcpSocket.port} ${attributes}`;
  return `exec [${(probe.exec?.command ?? []).join(' ')}] ${attributes}`;
}

function environmentRows({ env = [], envFrom = [] }: Container): Row[] {
  const rows: Row[] = [];
  if (envFrom.length > 0) {
    rows.push(['Environment Variables from:']);
    for (const { configMapRef, secretRef, prefix } of envFrom) {
      const [kind, reference] = configMapRef ? ['ConfigMap', configMapRef] : ['Secret', secretRef];
      const given = prefix ? ` with prefix '${prefix}'` : '';
      const optional = `Optional: ${reference?.optional ?? false}`;
      rows.push([`  ${reference?.name ?? ''}`, `${kind}${given}`, optional]);
    }
  }
  if (env.length === 0) return [...rows, ['Environment:', '<none>']];
  return [
    ...rows,
    ['Environment:'],
    ...env.map((variable): Row => [`  ${variable.name}:`, variableText(variable)]),
  ];
}

function variableText({ value = '', valueFrom }: EnvironmentVariable): string {
  if (valueFrom?.fieldRef) {
    return ` (${valueFrom.fieldRef.apiVersion ?? 'v1'}:${valueFrom.fieldRef.fieldPath})`;
  }
  const [reference, kind] = valueFrom?.secretKeyRef
    ? [valueFrom.secretKeyRef, 'secret']
    : [valueFrom?.configMapKeyRef, 'config map'];
  if (!reference) return value;
  return `<set to the key '${reference.key}' ${kind === 'secret' ? 'in secret' : 'of config map'} '${reference.name}'>  Optional: ${reference.optional ?? false}`;
}

function mountRows({ volumeMounts = [] }: Container): Row[] {
  if (volumeMounts.length === 0) return [['Mounts:', '<none>']];
  return [
    ['Mounts:'],
    ...volumeMounts.map(({ name, mountPath, readOnly }): Row => [
      `  ${mountPath} from ${name} (${readOnly ? 'ro' : 'rw'})`,
    ]),
  ];
}

function conditionRows(conditions: readonly Condition[]): Row[] {
  if (conditions.length === 0) return [];
  return [
    ['Conditions:'],
    ['  Type', 'Status'],
    ...conditions.map(({ type, status }): Row => [`  ${type}`, `${status} `]),
  ];
}

function volumeRows(spec: Pod['spec']): Row[] {
  const volumes = (spec?.volumes ?? []).filter(({ emptyDir }) => emptyDir !== undefined);
  if (volumes.length === 0) return [['Volumes:', '<none>']];
  return [
    ['Volumes:'],
    ...volumes.flatMap(({ name }): Row[] => [
      [`  ${name}:`],
      ['    Type:', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
      ['    Medium:', ''],
      ['    SizeLimit:', '<unset>'],
    ]),
  ];
}

/** Guaranteed when every container's limits are its requests, BestEffort when none has any. */
function qosOf(containers: readonly Container[]): string {
  const amounts = containers.map(({ resources }) => resources ?? {});
  if (amounts.every(({ requests, limits }) => !requests && !limits)) return 'BestEffort';
  const isGuaranteed = amounts.every(({ requests = {}, limits = {} }) =>
    ['cpu', 'memory'].every(
      (name) => limits[name] !== undefined && (requests[name] ?? limits[name]) === limits[name],
    ),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
