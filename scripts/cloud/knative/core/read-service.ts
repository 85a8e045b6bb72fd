import { checkService } from './check-service.ts';
import type { FieldError } from './field-error.ts';
import { type Fields, fieldsOf, textOf, textsOf } from './fields.ts';
import {
  CONTAINER_CONCURRENCY,
  DEFAULT_CONTAINER,
  DEFAULT_PORT,
  TIMEOUT_SECONDS,
} from './limits.ts';
import type {
  Container,
  EnvironmentVariable,
  RevisionTemplate,
  Service,
  TrafficTarget,
} from './resources.ts';

const NAMESPACE = 'default';

/**
 * A Service with Knative's defaults, or why it is refused.
 *
 * @example
 * const read = readService(parse(text));
 * if ('errors' in read) throw new Error(printErrors(read.errors));
 */
export function readService(manifest: unknown): { service: Service } | { errors: FieldError[] } {
  const fields = fieldsOf(manifest);
  const errors = checkService(fields);
  if (errors.length > 0) return { errors };
  const metadata = fieldsOf(fields['metadata']);
  const spec = fieldsOf(fields['spec']);
  const service: Service = {
    metadata: {
      name: textOf(metadata['name']),
      namespace: textOf(metadata['namespace']) || NAMESPACE,
      labels: textsOf(metadata['labels']),
      annotations: textsOf(metadata['annotations']),
    },
    spec: {
      template: toTemplate(fieldsOf(spec['template'])),
      traffic: toTraffic(spec['traffic']),
    },
  };
  return { service };
}

function toTemplate(template: Fields): RevisionTemplate {
  const metadata = fieldsOf(template['metadata']);
  const spec = fieldsOf(template['spec']);
  const [container] = spec['containers'] as [Fields];
  return {
    metadata: {
      ...(metadata['name'] !== undefined && { name: textOf(metadata['name']) }),
      labels: textsOf(metadata['labels']),
      annotations: textsOf(metadata['annotations']),
    },
    spec: {
      ...spec,
      containerConcurrency: Number(spec['containerConcurrency'] ?? CONTAINER_CONCURRENCY.default),
      // 0 asks for the default too.
      timeoutSeconds: Number(spec['timeoutSeconds'] ?? 0) || TIMEOUT_SECONDS.default,
      enableServiceLinks: spec['enableServiceLinks'] === true,
      containers: [toContainer(container)],
    },
  };
}

function toContainer(container: Fields): Container {
  const [port] = (container['ports'] ?? [{}]) as Fields[];
  return {
    ...container,
    name: textOf(container['name']) || DEFAULT_CONTAINER,
    image: textOf(container['image']),
    ports: [
      {
        name: textOf(port?.['name']),
        containerPort: Number(port?.['containerPort'] ?? 0) || DEFAULT_PORT,
        protocol: 'TCP',
      },
    ],
    env: (container['env'] ?? []) as EnvironmentVariable[],
    readinessProbe: container['readinessProbe'] ?? { successThreshold: 1, tcpSocket: { port: 0 } },
  };
}

function toTraffic(traffic: unknown): TrafficTarget[] {
  const given = Array.isArray(traffic) && traffic.length > 0 ? traffic : [{ percent: 100 }];
  return given.map((each) => {
    const { revisionName, percent, tag } = fieldsOf(each);
    return {
      ...(revisionName !== undefined && { revisionName: textOf(revisionName) }),
      latestRevision: revisionName === undefined,
      ...(percent !== undefined && { percent: Number(percent) }),
      ...(tag !== undefined && { tag: textOf(tag) }),
    };
  });
}
