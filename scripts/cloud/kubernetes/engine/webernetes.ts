// The part of @ngrok/webernetes that the engine uses. The package's own types import without extensions,
// which TypeScript's Node resolution does not follow.
import type {
  ClusterEvent,
  Container,
  Deployment,
  EndpointSlice,
  KubernetesObject,
  Pod,
  ReplicaSet,
  Service,
} from '../core/objects.ts';

/** What `import * as webernetes from '@ngrok/webernetes'` gives. */
export interface Webernetes {
  readonly Cluster: new (options: { nodes: number }) => Cluster;
  readonly BaseImage: new () => Image;
}

export type Signal = 'SIGTERM' | 'SIGKILL';

/** What a container runs: one object for each container, `exec` for its process and for every command in it. */
export interface Image {
  exec(context: ProcessContext, words: readonly string[]): Promise<number>;
  signalHandler?(context: ProcessContext, signal: Signal): Promise<void> | void;
}

export interface ImageClass {
  new (): Image;
  readonly imageName: string;
  readonly imageVersion: string;
}

export interface ProcessContext {
  readonly env: ReadonlyMap<string, string>;
  readonly pod: { readonly name: string; readonly uid: string; readonly namespace: string };
  readonly container: {
    readonly id: string;
    readonly name: string;
    readonly command: readonly string[];
    readonly args: readonly string[];
    readonly apiContainer: Container;
  };
  listenHttp(port: number, handler: HttpHandler): unknown;
  writeStderr(text: string): void;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly header: Readonly<Record<string, readonly string[]>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly header?: Record<string, string[]>;
  readonly body: string;
}

export type HttpHandler = (context: unknown, request: HttpRequest) => Promise<HttpResponse>;

export type InformerEvent = 'add' | 'update' | 'delete';

interface Resources {
  pods: Pod;
  deployments: Deployment;
  replicasets: ReplicaSet;
  services: Service;
  events: ClusterEvent;
  endpointslices: EndpointSlice;
}

/** How long something waits before it is tried again: the kubelet's own interface. */
export interface BackOff {
  get(id: string): number;
  next(id: string, ended: Date): void;
  reset(id: string): void;
  isInBackOffSince(id: string, ended: Date): boolean;
  isInBackOffSinceUpdate(id: string, now: Date): boolean;
  gc(): void;
  deleteEntry(id: string): void;
}

export type Variables = [{ name: string; value: string }[], Error | undefined];

export type PodStatus = NonNullable<Pod['status']>;

/** What a kubelet says of its pods. */
export interface StatusManager {
  /** The last word on each pod, by its uid. */
  readonly podStatuses: ReadonlyMap<string, { readonly status: PodStatus }>;
  /** Every status comes through here; it may change the one that it is given. */
  updateStatusInternal(
    pod: Pod,
    status: PodStatus,
    forceUpdate: boolean,
    podIsFinished: boolean,
  ): unknown;
}

/** Why containers do not run, as the last sync of their pod found. */
export interface ReasonCache {
  get(uid: string, container: string): readonly [{ readonly err: Error } | undefined, boolean];
  update(
    uid: string,
    result: {
      readonly syncResults: readonly { readonly action: string; readonly target: unknown }[];
    },
  ): void;
}

export interface Kubelet {
  makeEnvironmentVariables(
    context: unknown,
    pod: Pod,
    container: Container,
    podIP: string,
  ): Promise<Variables>;
  handlePodSyncs(context: unknown, pods: readonly Pod[]): Promise<void>;
  /** Looks at all containers once in a period. */
  readonly pleg: {
    update(duration: { relistPeriodMs: number; relistThresholdMs: number }): void;
  };
  crashLoopBackOff: BackOff;
  readonly reasonCache: ReasonCache;
  readonly statusManager: StatusManager;
  /** The last result of each container's readiness probe, by `containerID`. */
  readonly readinessManager: { get(containerId: string): 'success' | 'failure' | undefined };
  readonly containerRuntime: { readonly imagePuller: { backOff: BackOff } };
}

interface Named {
  readonly name: string;
  readonly namespace: string;
}

interface Collection {
  readonly namespace: string;
}

interface List<Item> {
  readonly items: Item[];
}

export interface Cluster {
  readonly ctx: unknown;
  readonly clock: { nowMs(): number };
  readonly servers: readonly {
    readonly name: string;
    readonly ipAddresses: readonly string[];
    readonly kubelet: Kubelet;
    readonly runtimeService: {
      execSync(
        context: unknown,
        container: string,
        command: readonly string[],
        seconds?: number,
      ): Promise<unknown>;
    };
  }[];
  readonly api: {
    readonly corev1: {
      listNode(): Promise<List<KubernetesObject>>;
      listNamespacedPod(request: Collection): Promise<List<Pod>>;
      deleteNamespacedPod(request: Named & { gracePeriodSeconds?: number }): Promise<unknown>;
      readNamespacedService(request: Named): Promise<Service>;
      listNamespacedService(request: Collection): Promise<List<Service>>;
      deleteNamespacedService(request: Named): Promise<unknown>;
      listNamespacedEvent(request: Collection): Promise<List<ClusterEvent>>;
      createNamespacedEvent(request: Collection & { body: ClusterEvent }): Promise<unknown>;
      deleteNamespacedEvent(request: Named): Promise<unknown>;
    };
    readonly appsv1: {
      listNamespacedDeployment(request: Collection): Promise<List<Deployment>>;
      readNamespacedDeployment(request: Named): Promise<Deployment>;
      replaceNamespacedDeployment(request: Named & { body: Deployment }): Promise<Deployment>;
      deleteNamespacedDeployment(request: Named): Promise<unknown>;
      listNamespacedReplicaSet(request: Collection): Promise<List<ReplicaSet>>;
    };
    readonly discoveryv1: {
      listNamespacedEndpointSlice(request: Collection): Promise<List<EndpointSlice>>;
    };
  };
  registerImage(image: ImageClass): void;
  init(): Promise<void>;
  apply(objects: readonly KubernetesObject[]): Promise<unknown>;
  fetch(
    url: string,
    init: { method: string; headers: Record<string, string> },
  ): Promise<HttpResponse>;
  informer<Name extends keyof Resources>(
    resource: Name,
    callback: (event: InformerEvent, object: Resources[Name]) => void,
    options: { namespace: string },
  ): { stop(): Promise<void> };
  close(): Promise<void>;
}
