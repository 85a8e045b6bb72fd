import type { RevisionTemplate } from '../core/resources.ts';

/** A pod as Knative needs to know it. */
export interface PodView {
  readonly name: string;
  /** Its readiness probe has passed and nobody has told it to end. */
  readonly ready: boolean;
  readonly terminating: boolean;
}

/** A Deployment as Knative needs to know it. */
export interface DeploymentView {
  readonly replicas: number;
  readonly pods: readonly PodView[];
  /** It had 600 s to make progress and made none. */
  readonly progressDeadlineExceeded: boolean;
  /** How its last container ended that should not have. */
  readonly failure?: { readonly reason: string; readonly message: string } | undefined;
}

/** The Deployment of one revision. */
export interface DeploymentRequest {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly replicas: number;
  /** The revision's template, with the variables that Knative sets. */
  readonly template: RevisionTemplate;
}

/**
 * What Knative needs from below: Deployments whose pods come, go and answer. A cluster gives it, or a test.
 */
export interface Workloads {
  create(deployment: DeploymentRequest): Promise<void>;
  scale(deployment: string, replicas: number): Promise<void>;
  /** Deletes a Deployment; its pods are told to end. */
  remove(deployment: string): Promise<void>;
  /** Replaces every pod of a Deployment. */
  restart(deployment: string): Promise<void>;
  view(deployment: string): DeploymentView;
  /** Sends a request to a pod's container; rejects when the pod ends before it has answered. */
  fetch(pod: string, request: Request): Promise<Response>;
  kill(pod: string): Promise<void>;
  /** Hears the name of a Deployment when it or one of its pods has changed; the answer ends it. */
  watch(hear: (deployment: string) => void): () => void;
  /** What a pod's container waits for before it is told to end: its sidecar has nothing left to do. */
  beforeStop(drained: (pod: string) => Promise<void>): void;
}
