import type { Condition } from '../resources.ts';
import type { AssignedTarget } from '../traffic.ts';

// What kn shows of the resources. Times in milliseconds.

export interface ServiceView {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly created: number;
  readonly url: string;
  readonly latestCreated: string;
  readonly latestReady: string | undefined;
  readonly traffic: readonly AssignedTarget[];
  readonly conditions: readonly Condition[];
}

export interface RevisionView {
  readonly name: string;
  readonly service: string;
  /** Of the Configuration. */
  readonly generation: number;
  readonly created: number;
  readonly image: string;
  readonly replicas: { readonly actual: number; readonly desired: number };
  readonly conditions: readonly Condition[];
}

export interface RouteView {
  readonly name: string;
  readonly url: string;
  readonly conditions: readonly Condition[];
}
