/** What a field means for a reader: why it is refused here, or what it does not do. */
interface Meaning {
  /** The end of a field's path, `*` for any list index or key. */
  readonly field: RegExp;
  readonly means: string;
}

/** Fields of Kubernetes that this engine cannot do. */
const REFUSED: readonly Meaning[] = [
  {
    field: /spec\.initContainers$/,
    means: 'nothing would run before the container; do its work at build time or in the program',
  },
  {
    field: /spec\.volumes\.\d+\.(configMap|secret|projected|downwardAPI)$/,
    means: 'no file would appear in the container; take the values as variables (envFrom)',
  },
  {
    field: /spec\.volumes\.\d+\.\w+$/,
    means: 'there are no disks beside emptyDir; keep state in a service',
  },
  {
    field:
      /spec\.(affinity|nodeSelector|tolerations|topologySpreadConstraints|nodeName|priorityClassName)$/,
    means: 'there is one node, so nothing is to be chosen',
  },
  {
    field: /spec\.(hostNetwork|hostPID|hostIPC|hostAliases|dnsPolicy|dnsConfig)$/,
    means: 'pods have a network of their own that cannot be changed',
  },
  {
    field: /spec\.(serviceAccountName|automountServiceAccountToken)$/,
    means: 'there is no API token for pods',
  },
  { field: /spec\.imagePullSecrets$/, means: 'no image is pulled: a name stands for a Dockerfile' },
  {
    field: /containers\.\d+\.(startupProbe|readinessProbe|livenessProbe)\.grpc$/,
    means: 'probes speak HTTP and TCP, or run a command',
  },
  {
    field: /valueFrom\.resourceFieldRef$/,
    means: 'resources are not enforced, so they cannot be read',
  },
  {
    field:
      /spec\.(sessionAffinity|externalTrafficPolicy|internalTrafficPolicy|externalIPs|loadBalancerIP|clusterIP|externalName|publishNotReadyAddresses)$/,
    means: 'a Service gives requests to its ready pods in turn, and cannot do more',
  },
  {
    field: /spec\.type$/,
    means: 'there is no cloud that would give a load balancer; NodePort is open on this machine',
  },
  {
    field: /spec\.(metrics|behavior)$/,
    means: 'it scales on CPU alone, with the default windows: targetCPUUtilizationPercentage',
  },
  {
    field: /spec\.template\.spec\.containers$/,
    means: 'a pod has one container; run the other one as a Deployment of its own',
  },
];

/** Fields that are kept and shown, and do nothing here. */
const NOTED: readonly Meaning[] = [
  { field: /resources\.limits$/, means: 'no limit is enforced: no throttling, no OOMKilled' },
  { field: /resources\.requests$/, means: 'reserves nothing; the autoscaler measures against cpu' },
  {
    field: /securityContext\.(runAsNonRoot|runAsUser|runAsGroup|fsGroup)$/,
    means: 'the process has your own user',
  },
  {
    field: /securityContext\.(allowPrivilegeEscalation|capabilities|seccompProfile|privileged)$/,
    means: 'there is no kernel isolation',
  },
  { field: /imagePullPolicy$/, means: 'no image is pulled: a name stands for a Dockerfile' },
  { field: /emptyDir\.(sizeLimit|medium)$/, means: 'the folder has no limit' },
];

/** Kinds of Kubernetes that are not here, and what that means. */
const KINDS: Readonly<Record<string, string>> = {
  Namespace: 'there is one namespace, "default"',
  Ingress: 'nothing routes by host or path; use a NodePort Service',
  NetworkPolicy:
    'every pod reaches every other one, as it also does on clusters without a policy engine',
  PodDisruptionBudget: 'nobody drains the only node',
  StatefulSet: 'there are no disks that a pod could keep',
  DaemonSet: 'there is one node; use a Deployment with one replica',
  Job: 'nothing is run once; run it from the command line',
  CronJob: 'nothing is run by the clock',
  ServiceAccount: 'there is no API token for pods',
  Role: 'everybody may do everything',
  RoleBinding: 'everybody may do everything',
  Pod: 'nobody would start it again; use a Deployment',
  ReplicaSet: 'a Deployment makes them',
};

/**
 * Why a field is refused, in a reader's words; undefined for one that is no field of Kubernetes that we know.
 *
 * @example refusalOf('spec.template.spec.initContainers')
 */
export function refusalOf(path: string): string | undefined {
  return REFUSED.find(({ field }) => field.test(path))?.means;
}

/** What a kind that is not here means; undefined for an unknown one. */
export function missingKind(kind: string): string | undefined {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
}

/** What a field does not do although it may be there. */
export function noteOn(path: string): string | undefined {
  return NOTED.find(({ field }) => field.test(path))?.means;
}
