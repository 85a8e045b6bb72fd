import { parseAllDocuments } from 'yaml';

/** A Service of Knative as far as this machine has to know it; a part of `kubectl get ksvc --output json`. */
export interface KnativeService {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly metadata?: { readonly name?: string };
      readonly spec: { readonly containers: readonly [Container, ...Container[]] };
    };
    readonly traffic?: unknown;
  };
  readonly status?: { readonly url?: string };
}

interface Container {
  readonly env?: readonly Variable[];
}

interface Variable {
  readonly name: string;
  readonly value?: string;
}

/**
 * The Services of Knative in a manifest, by their names.
 *
 * @example servicesIn('apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: rule }') // ['rule']
 */
export function servicesIn(text: string): string[] {
  const documents = parseAllDocuments(text);
  return (Array.isArray(documents) ? documents : []).flatMap((document) => {
    const { apiVersion, kind, metadata } = (document.toJS() ?? {}) as {
      apiVersion?: string;
      kind?: string;
      metadata?: { name?: string };
    };
    const isService = apiVersion?.startsWith('serving.knative.dev/') && kind === 'Service';
    return isService && metadata?.name !== undefined ? [metadata.name] : [];
  });
}

/**
 * A patch that sets variables of a Service: another template, so another revision, which gets all the traffic. A
 * name of its own stands for one template only and goes.
 *
 * @example environmentPatch(service, { GREETING: 'hello' })
 */
export function environmentPatch(
  { spec }: Pick<KnativeService, 'spec'>,
  variables: Readonly<Record<string, string>>,
): object {
  const { metadata, spec: pod } = spec.template;
  const [container, ...others] = pod.containers;
  const kept = (container.env ?? []).filter(({ name }) => !Object.hasOwn(variables, name));
  const set = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return {
    spec: {
      template: {
        metadata: { ...metadata, name: null },
        spec: { containers: [{ ...container, env: [...kept, ...set] }, ...others] },
      },
      traffic: [{ latestRevision: true, percent: 100 }],
    },
  };
}
