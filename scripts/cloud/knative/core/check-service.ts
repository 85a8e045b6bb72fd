import { checkAutoscaling, checkNoAutoscaling } from './annotations.ts';
import { checkContainer } from './check-container.ts';
import { checkTraffic } from './check-traffic.ts';
import { type FieldError, fieldError, via } from './field-error.ts';
import {
  checkFields,
  checkTexts,
  type Fields,
  fieldsOf,
  labelFault,
  textOf,
  textsOf,
} from './fields.ts';
import { CONTAINER_CONCURRENCY, TIMEOUT_SECONDS } from './limits.ts';
import { API_VERSION } from './resources.ts';

/** Keeps a Service inside the cluster; `serving.knative.dev/visibility` was its name in 2020. */
export const VISIBILITY = 'networking.knative.dev/visibility';
export const CLUSTER_LOCAL = 'cluster-local';

const METADATA = ['name', 'namespace', 'labels', 'annotations'];
const POD = [
  'containers',
  'containerConcurrency',
  'timeoutSeconds',
  'enableServiceLinks',
  'imagePullSecrets',
  'serviceAccountName',
  'securityContext',
];
/** Fields of a pod that Knative does not take as it is shipped. */
const REFUSED = [
  'activeDeadlineSeconds',
  'affinity',
  'dnsConfig',
  'dnsPolicy',
  'hostAliases',
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'hostname',
  'initContainers',
  'nodeName',
  'nodeSelector',
  'priority',
  'priorityClassName',
  'restartPolicy',
  'runtimeClassName',
  'schedulerName',
  'shareProcessNamespace',
  'subdomain',
  'terminationGracePeriodSeconds',
  'tolerations',
  'topologySpreadConstraints',
];
/** Fields of a revision that Knative takes and the local one does not have. */
const ABSENT = ['volumes', 'idleTimeoutSeconds', 'responseStartTimeoutSeconds'];

/**
 * Checks a manifest of a Knative Service as the API server and Knative's webhook do, and answers with every
 * fault in their words; none: it is accepted.
 *
 * @example printErrors(checkService(parse(text)))
 */
export function checkService(manifest: Fields): FieldError[] {
  const { apiVersion, kind } = manifest;
  if (apiVersion !== API_VERSION || kind !== 'Service') {
    const message = `no matches for kind "${textOf(kind)}" in version "${textOf(apiVersion)}"`;
    return [fieldError.generic(message, 'apiVersion')];
  }
  const metadata = fieldsOf(manifest['metadata']);
  const spec = fieldsOf(manifest['spec']);
  const { name, labels, annotations } = metadata;
  const named = typeof name === 'string' ? name : '';
  const fault = labelFault(named);
  return [
    ...checkFields(manifest, ['apiVersion', 'kind', 'metadata', 'spec']),
    ...via('metadata', [
      ...checkFields(metadata, METADATA),
      ...(fault === undefined ? [] : [fieldError.invalid(fault, 'name')]),
      ...via('labels', [...checkTexts(labels), ...checkLabels(textsOf(labels))]),
      ...via('annotations', [
        ...checkTexts(annotations),
        ...checkNoAutoscaling(textsOf(annotations)),
      ]),
    ]),
    ...via('spec', [
      ...checkFields(spec, ['template', 'traffic']),
      ...via('template', checkTemplate(fieldsOf(spec['template']), named)),
      ...checkRouting(spec['traffic']),
    ]),
  ];
}

function checkRouting(traffic: unknown): FieldError[] {
  // Defaults come first, and an empty list gets them too.
  if (traffic === undefined || (Array.isArray(traffic) && traffic.length === 0)) return [];
  return Array.isArray(traffic)
    ? via('traffic', checkTraffic(traffic))
    : [fieldError.invalid(JSON.stringify(traffic), 'traffic')];
}

function checkLabels(labels: Readonly<Record<string, string>>): FieldError[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    if (key === VISIBILITY) {
      return value === CLUSTER_LOCAL ? [] : [fieldError.invalid(value, VISIBILITY)];
    }
    return key.startsWith('serving.knative.dev/') ? [fieldError.keyName(key, '')] : [];
  });
}

function checkTemplate(template: Fields, service: string): FieldError[] {
  const metadata = fieldsOf(template['metadata']);
  const { name, annotations, labels } = metadata;
  return [
    ...checkFields(template, ['metadata', 'spec']),
    ...via('metadata', [
      ...checkFields(metadata, METADATA),
      ...(name === undefined ? [] : checkRevisionName(textOf(name), service)),
      ...via('labels', checkTexts(labels)),
      ...via('annotations', [
        ...checkTexts(annotations),
        ...checkAutoscaling(textsOf(annotations)),
      ]),
    ]),
    ...via('spec', checkRevision(fieldsOf(template['spec']))),
  ];
}

function checkRevisionName(name: string, service: string): FieldError[] {
  const fault = labelFault(name);
  if (fault !== undefined) return [fieldError.invalid(fault, 'name')];
  const prefix = `${service}-`;
  return name.startsWith(prefix)
    ? []
    : [fieldError.invalid(`"${name}" must have prefix "${prefix}"`, 'name')];
}

function checkRevision(spec: Fields): FieldError[] {
  const { containers, containerConcurrency, timeoutSeconds } = spec;
  const listed: readonly unknown[] = Array.isArray(containers) ? containers : [];
  const limit = {
    containerConcurrency: CONTAINER_CONCURRENCY.most,
    timeoutSeconds: TIMEOUT_SECONDS.most,
  };
  return [
    ...checkFields(spec, [...POD, ...ABSENT], REFUSED),
    ...ABSENT.filter((field) => field in spec).map((field) =>
      fieldError.generic('not in the local Knative', field),
    ),
    ...checkRange(containerConcurrency, limit.containerConcurrency, 'containerConcurrency'),
    ...checkRange(timeoutSeconds, limit.timeoutSeconds, 'timeoutSeconds'),
    ...(listed.length === 0 ? [fieldError.missing('containers')] : []),
    ...(listed.length > 1
      ? [fieldError.generic('more than one container: not in the local Knative', 'containers')]
      : []),
    ...via(
      'containers',
      listed.slice(0, 1).flatMap((one) => via(0, checkContainer(fieldsOf(one)))),
    ),
  ];
}

function checkRange(value: unknown, most: number, path: string): FieldError[] {
  if (value === undefined) return [];
  const isWithin = Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
  return isWithin ? [] : [fieldError.outOfBounds(value, 0, most, path)];
}
