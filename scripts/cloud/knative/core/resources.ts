/** Resources of `serving.knative.dev/v1` as far as the stages need them: what a manifest may say. */

export const API_VERSION = 'serving.knative.dev/v1';

/**
 * Whether a manifest is one of Knative's, of any version: which ones are taken is told when it is read.
 *
 * @example isKnative({ apiVersion: 'serving.knative.dev/v1alpha1', kind: 'Service' }) // true
 */
export function isKnative(manifest: unknown): boolean {
  const { apiVersion } = (manifest ?? {}) as { apiVersion?: unknown };
  return typeof apiVersion === 'string' && apiVersion.startsWith('serving.knative.dev/');
}

export interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** `spec.template` with every default in place. */
export interface RevisionTemplate {
  readonly metadata: {
    readonly name?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: RevisionSpec;
}

export interface RevisionSpec {
  readonly containerConcurrency: number;
  readonly timeoutSeconds: number;
  readonly containers: readonly [Container];
  readonly enableServiceLinks: boolean;
  /** What else a pod may say; it goes to the Deployment as it is. */
  readonly [field: string]: unknown;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly [ContainerPort];
  readonly env: readonly EnvironmentVariable[];
  /** Probes, resources and the rest, which go to the Deployment as they are. */
  readonly [field: string]: unknown;
}

export interface ContainerPort {
  readonly name: string;
  readonly containerPort: number;
  readonly protocol: 'TCP';
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: unknown;
}

/** One line of `spec.traffic`. */
export interface TrafficTarget {
  readonly revisionName?: string;
  readonly latestRevision: boolean;
  readonly percent?: number;
  readonly tag?: string;
}

export interface ServiceSpec {
  readonly template: RevisionTemplate;
  readonly traffic: readonly TrafficTarget[];
}

/** A Knative Service with every default in place. */
export interface Service {
  readonly metadata: Metadata;
  readonly spec: ServiceSpec;
}

/** Who tells how something is, in `status.conditions`. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  readonly message?: string;
  /** `Info`: does not count towards Ready. */
  readonly severity?: 'Info';
  /** When its status changed, in milliseconds. */
  readonly since: number;
}
