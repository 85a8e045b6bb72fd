import { expand } from './expand.ts';
import type {
  ConfigMap,
  Container,
  EnvironmentSource,
  EnvironmentVariable,
  KeyReference,
  Pod,
  Secret,
  Service,
} from './objects.ts';
import { serviceLinks } from './service-links.ts';

/** Where a container's variables come from. */
export interface EnvironmentContext {
  readonly pod: Pod;
  readonly podIP: string;
  readonly hostIP: string;
  /** Those of the pod's own namespace. */
  readonly services: readonly Service[];
  configMap(name: string): ConfigMap | undefined;
  secret(name: string): Secret | undefined;
}

export type ResolvedEnvironment =
  | { readonly variables: Readonly<Record<string, string>> }
  /** What the kubelet says beside `CreateContainerConfigError`. */
  | { readonly error: string };

class Unresolved extends Error {}

/**
 * A container's variables as the kubelet makes them: service links first, then `envFrom`, then `env`,
 * whose `$(NAME)` sees all that came before. What is missing and not optional is an error.
 *
 * @example resolveEnvironment({ name: 'todo', env: [{ name: 'A', value: '1' }, { name: 'B', value: '$(A)2' }] }, context)
 */
export function resolveEnvironment(
  container: Container,
  context: EnvironmentContext,
): ResolvedEnvironment {
  const links =
    context.pod.spec?.enableServiceLinks === false ? {} : serviceLinks(context.services);
  const own: Record<string, string> = {};
  try {
    for (const source of container.envFrom ?? []) Object.assign(own, fromSource(source, context));
    for (const variable of container.env ?? []) {
      const value = valueOf(variable, context, (name) => own[name] ?? links[name]);
      if (value !== undefined) own[variable.name] = value;
    }
  } catch (error) {
    if (error instanceof Unresolved) return { error: error.message };
    throw error;
  }
  return { variables: { ...links, ...own } };
}

function fromSource(
  { prefix = '', configMapRef, secretRef }: EnvironmentSource,
  context: EnvironmentContext,
): Record<string, string> {
  const values = configMapRef
    ? configMapValues(configMapRef.name ?? '', configMapRef.optional, context)
    : secretValues(secretRef?.name ?? '', secretRef?.optional, context);
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([key, value]) => [`${prefix}${key}`, value]),
  );
}

function valueOf(
  { value, valueFrom }: EnvironmentVariable,
  context: EnvironmentContext,
  known: (name: string) => string | undefined,
): string | undefined {
  if (value !== undefined && value !== '') return expand(value, known);
  if (valueFrom?.fieldRef) return field(valueFrom.fieldRef.fieldPath, context);
  if (valueFrom?.configMapKeyRef) {
    const { name = '', optional } = valueFrom.configMapKeyRef;
    const values = configMapValues(name, optional, context);
    return keyOf(values, valueFrom.configMapKeyRef, 'ConfigMap', context);
  }
  if (valueFrom?.secretKeyRef) {
    const { name = '', optional } = valueFrom.secretKeyRef;
    const values = secretValues(name, optional, context);
    return keyOf(values, valueFrom.secretKeyRef, 'Secret', context);
  }
  return '';
}

function configMapValues(
  name: string,
  optional: boolean | undefined,
  context: EnvironmentContext,
): Record<string, string> | undefined {
  const found = context.configMap(name);
  if (found) return found.data ?? {};
  if (optional) return undefined;
  throw new Unresolved(`configmap "${name}" not found`);
}

function secretValues(
  name: string,
  optional: boolean | undefined,
  context: EnvironmentContext,
): Record<string, string> | undefined {
  const found = context.secret(name);
  if (!found && optional) return undefined;
  if (!found) throw new Unresolved(`secret "${name}" not found`);
  const { data = {} } = found;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decoded(value)]));
}

function keyOf(
  values: Readonly<Record<string, string>> | undefined,
  { name, key, optional }: KeyReference,
  kind: 'ConfigMap' | 'Secret',
  { pod }: EnvironmentContext,
): string | undefined {
  const value = values?.[key];
  if (value !== undefined) return value;
  if (optional) return undefined;
  throw new Unresolved(
    `couldn't find key ${key} in ${kind} ${pod.metadata?.namespace ?? 'default'}/${name}`,
  );
}

function field(path: string, { pod, podIP, hostIP }: EnvironmentContext): string {
  const quoted = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path);
  if (quoted) return pod.metadata?.[quoted[1] as 'labels' | 'annotations']?.[quoted[2] ?? ''] ?? '';
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': pod.metadata?.name,
    'metadata.namespace': pod.metadata?.namespace,
    'metadata.uid': pod.metadata?.uid,
    'spec.nodeName': pod.spec?.nodeName,
    'spec.serviceAccountName': pod.spec?.serviceAccountName ?? 'default',
    'status.hostIP': hostIP,
    'status.podIP': podIP,
    'status.podIPs': podIP,
  };
  if (!Object.hasOwn(fields, path)) throw new Unresolved(`unsupported fieldPath: ${path}`);
  return fields[path] ?? '';
}

/** Base64 of UTF-8, without Node's Buffer. */
function decoded(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
  return new TextDecoder().decode(bytes);
}
