import type { Clock } from '../../shared/clock.ts';
import type { StopReason } from '../../shared/events.ts';
import type { Host } from '../../shared/instance.ts';
import { unknownInstance } from '../../shared/platform-errors.ts';
import type { InstanceView, Platform, ProductOptions } from '../../shared/platform.ts';
import type { SkippableClock } from '../../shared/skippable-clock.ts';
import { type Tell, traced } from '../../shared/traced-request.ts';
import { createRequest } from '../../shared/web-messages.ts';
import { SYNC_MS } from '../core/hpa.ts';
import { isReady } from '../core/kubectl/pod-state.ts';
import { rolloutStatus } from '../core/kubectl/rollout.ts';
import type { Applied } from '../core/manifest.ts';
import { nameOf, type Pod, type Service } from '../core/objects.ts';
import { type Actions, createActions } from './actions.ts';
import { startAutoscalers } from './autoscaler.ts';
import { createContainers, type Containers, type ImageSource } from './containers.ts';
import { createExchanges, type Exchange } from './exchange.ts';
import { extendKubelets } from './kubelet.ts';
import { kubectlLine } from './kubectl/kubectl.ts';
import { mendWebernetes } from './mend-webernetes.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createObjectStore, type ObjectStore } from './object-store.ts';
import { failedStart } from './start-failure.ts';
import { type ClusterState, followState } from './state.ts';
import { tellChanges } from './tell-changes.ts';
import type { Cluster, Webernetes } from './webernetes.ts';

export const NAMESPACE = 'default';

/** How long the first rollout may take, in milliseconds. */
const START_MS = 60_000;

/** How long programs may drain when the cluster is closed, in milliseconds; a reader waits for it after Ctrl-C. */
const CLOSE_GRACE_MS = 2_000;

export interface KubernetesOptions extends ProductOptions {
  /** The package, loaded as the place allows: a bundle on Node, a part of the page in a tab. */
  readonly webernetes: Webernetes;
  readonly host: Host;
  readonly objects: readonly Applied[];
  readonly images: readonly ImageSource[];
  /** The platform's time: back-off and the autoscaler's windows. */
  readonly clock: SkippableClock;
  /** Real time: probes, rollouts, ages. */
  readonly realClock: Clock;
  /** Variables beside those of the manifests, for every container. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What the parts of the engine share. */
export interface Engine {
  readonly cluster: Cluster;
  readonly state: ClusterState;
  readonly store: ObjectStore;
  readonly containers: Containers;
  readonly metrics: Metrics;
  readonly realClock: Clock;
  /** When the node came up. */
  readonly started: Date;
}

/** A cluster of one node on this machine or in this tab. */
export interface Kubernetes extends Platform {
  readonly engine: Engine;
  readonly actions: Actions;
  /** The ports of the node, each with its Service. */
  nodePorts(): readonly { readonly service: string; readonly nodePort: number }[];
  /** Answers a request that came in at a port of the node. */
  handle(request: Request, nodePort: number): Promise<Response>;
  /** Resolves when every Deployment is rolled out; rejects when its pods cannot start. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a cluster and gives it the objects; its pods come up while the caller goes on.
 *
 * @example
 * const kubernetes = await createKubernetes({ webernetes, host, objects, images, clock, realClock: systemClock, emit });
 * await kubernetes.ready();
 * const response = await kubernetes.fetch('/api/rule');
 */
export async function createKubernetes(options: KubernetesOptions): Promise<Kubernetes> {
  const { clock, realClock, emit } = options;
  const tell: Tell = (change) => emit({ at: clock.now(), ...change });
  const cluster = new options.webernetes.Cluster({ nodes: 1 });
  const store = createObjectStore(realClock.now);
  const exchanges = createExchanges();
  const killed = new Set<string>();
  let requests = 0;
  let closing = false;

  mendWebernetes(cluster);
  await cluster.init();
  const state = followState(cluster, NAMESPACE);
  const serviceOf = (pod: string): string => ownerOf(state.get('pods', pod), state) ?? pod;
  const containers = createContainers({
    webernetes: options.webernetes,
    host: options.host,
    realClock,
    tell,
    exchanges,
    serviceOf,
    reasonOf,
  });
  for (const image of options.images) cluster.registerImage(containers.imageClass(image));
  const stopWaits = extendKubelets({
    cluster,
    store,
    clock,
    pods: () => state.list('pods'),
    services: () => state.list('services'),
  });
  const metrics = createMetrics(containers, realClock);
  const stopTelling = tellChanges({ state, tell, clock: realClock, serviceOf });
  const started = new Date(realClock.now());
  const engine: Engine = { cluster, state, store, containers, metrics, realClock, started };
  const actions = createActions(engine, tell);
  const autoscalers = startAutoscalers({
    store,
    state,
    metrics,
    clock,
    tell,
    now: () => new Date(realClock.now()),
    scale: (deployment, replicas) => actions.setReplicas(deployment, replicas),
    record: actions.record,
  });
  state.watch(({ kind, event, object }) => {
    if (kind === 'pods' && event === 'delete') containers.forget(nameOf(object));
  });
  try {
    for (const object of options.objects) await actions.apply(object);
    if (options.environment) await actions.setEnvironment(options.environment);
  } catch (error) {
    await close();
    throw error;
  }

  function reasonOf(pod: string): StopReason | undefined {
    if (closing) return 'shut-down';
    if (killed.delete(pod)) return 'killed';
    const found = state.get('pods', pod);
    // Its object is gone before its container where its owner was deleted.
    if (!found || found.metadata?.deletionTimestamp) return 'deleted';
    // The kubelet says so before it stops a container that failed its probe.
    return actions.isUnhealthy(pod) ? 'unhealthy' : undefined;
  }

  async function handle(request: Request, nodePort: number): Promise<Response> {
    const to = serviceAt(state, nodePort);
    const id = `r${++requests}`;
    return traced(request, { id, to, clock: realClock, tell }, async () => {
      const exchange: Exchange = {
        id,
        request,
        onPod: (pod) => tell({ type: 'hop', request: id, from: to, to: pod }),
      };
      const headers = exchanges.open(exchange);
      try {
        const { pathname } = new URL(request.url);
        const address = `http://${cluster.servers[0]?.name}:${nodePort}${pathname}`;
        await cluster.fetch(address, { method: request.method, headers });
      } catch (error) {
        // The network gave up on it; what the program said, if anything, says more.
        exchange.outcome ??= { error };
      } finally {
        exchanges.close(exchange);
      }
      const outcome = exchange.outcome ?? { error: new TypeError('fetch failed') };
      if ('error' in outcome) throw outcome.error;
      return outcome.response;
    });
  }

  async function rolledOut(signal?: AbortSignal): Promise<void> {
    await state.until(
      () =>
        state.list('deployments').every((deployment) => rolloutStatus(deployment).done) &&
        state.list('pods').every(({ metadata }) => metadata?.deletionTimestamp === undefined),
      signal,
    );
  }

  async function ready(): Promise<void> {
    const given = new AbortController();
    const giveUp = (): void => {
      const failure = failedStart(state.list('pods'), containers);
      if (failure) given.abort(failure);
    };
    giveUp();
    const unwatch = state.watch(giveUp);
    const cancel = realClock.after(START_MS, () =>
      given.abort(new Error(`the pods were not ready within ${START_MS / 1000} s`)),
    );
    try {
      await rolledOut(given.signal);
    } finally {
      cancel();
      unwatch();
    }
  }

  async function close(): Promise<void> {
    closing = true;
    autoscalers.stop();
    metrics.stop();
    stopTelling();
    stopWaits();
    await containers.close(CLOSE_GRACE_MS);
    await state.stop();
    await cluster.close();
  }

  const kubernetes: Kubernetes = {
    engine,
    actions,
    handle,
    ready,
    close,
    kubectl: (line) => kubectlLine(kubernetes, line),
    nodePorts: () => state.list('services').flatMap(portsOf),
    fetch(path, init) {
      const [first] = state.list('services').flatMap(portsOf);
      if (!first)
        throw new Error('no Service of type NodePort: nothing can be reached from outside');
      const url = new URL(path, `http://localhost:${first.nodePort}`);
      return handle(createRequest(url, init), first.nodePort);
    },
    async restart() {
      await actions.deletePods(state.list('pods').map(nameOf));
      await rolledOut();
    },
    async kill(id) {
      const running = containers.running();
      const chosen = id === undefined ? running : running.filter(({ pod }) => pod === id);
      if (chosen.length === 0 && id !== undefined) throw unknownInstance(id);
      for (const { pod } of chosen) killed.add(pod);
      await Promise.all(chosen.map(({ instance }) => instance.kill()));
    },
    async wait(milliseconds) {
      for (let left = milliseconds; left > 0; left -= SYNC_MS) {
        await clock.skip(Math.min(left, SYNC_MS));
        await autoscalers.settled();
      }
    },
    instances: () => state.list('pods').map((pod) => viewOf(pod, containers, serviceOf)),
    async redeploy(environment) {
      await actions.setEnvironment({ ...options.environment, ...environment });
      await rolledOut();
    },
  };
  return kubernetes;
}

function viewOf(
  pod: Pod,
  containers: Containers,
  serviceOf: (pod: string) => string,
): InstanceView {
  const id = nameOf(pod);
  const running = containers.find(id);
  const state =
    !running || running.ended
      ? 'stopped'
      : !isReady(pod)
        ? 'starting'
        : running.inFlight > 0
          ? 'busy'
          : 'idle';
  return { id, service: serviceOf(id), state, served: running?.served ?? 0 };
}

/** The Deployment that a pod belongs to, by way of its ReplicaSet. */
function ownerOf(pod: Pod | undefined, state: ClusterState): string | undefined {
  const set = pod?.metadata?.ownerReferences?.[0]?.name;
  if (set === undefined) return undefined;
  return state.get('replicasets', set)?.metadata?.ownerReferences?.[0]?.name;
}

function portsOf(service: Service): { service: string; nodePort: number }[] {
  if (service.spec?.type !== 'NodePort') return [];
  return (service.spec.ports ?? []).flatMap(({ nodePort }) =>
    nodePort === undefined ? [] : [{ service: nameOf(service), nodePort }],
  );
}

function serviceAt(state: ClusterState, nodePort: number): string {
  const found = state
    .list('services')
    .flatMap(portsOf)
    .find((port) => port.nodePort === nodePort);
  return found?.service ?? `port ${nodePort}`;
}
