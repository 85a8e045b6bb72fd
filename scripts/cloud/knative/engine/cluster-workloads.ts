import type { Kubernetes } from '../../kubernetes/engine/kubernetes.ts';
import { isReady } from '../../kubernetes/core/kubectl/pod-state.ts';
import type { Applied } from '../../kubernetes/core/manifest.ts';
import { type Deployment, nameOf, type Pod, type Probe } from '../../kubernetes/core/objects.ts';
import type { Emit } from '../../shared/events.ts';
import type { Instance } from '../../shared/instance.ts';
import type { RevisionTemplate } from '../core/resources.ts';
import { withDeadline } from '../../shared/deadline.ts';
import type { DeploymentRequest, DeploymentView, PodView, Workloads } from './workloads.ts';

/** Tells whose pod it is. */
const REVISION = 'serving.knative.dev/revision';
/** How long a Deployment may take until it counts as failed, in seconds; Knative's own value. */
const PROGRESS_DEADLINE_SECONDS = 600;
/** How much of a container's end says why it ended: as much as the kubelet keeps for Knative's pods. */
const LAST_LINES = 80;
const LAST_CHARACTERS = 2_048;

/** What a pod waits for that cannot find its image. */
const NO_IMAGE = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'];

/** What the queue-proxy was once asked with, as a command in its container: is the program beside you ready? */
const QUEUE = '/ko-app/queue';
/** How often the queue-proxy asks a program that is coming up, and how long until it says no. */
const ASK_MS = 25;
const PATIENCE_SECONDS = 10;
/** Less than the second that Kubernetes counts in: the kubelet would begin to ask a second late. */
const PERIOD_SECONDS = 0.5;

const deploymentOf = (revision: string): string => `${revision}-deployment`;

/**
 * The local Kubernetes as Knative needs it.
 *
 * @example const knative = createKnative({ workloads: createClusterWorkloads(kubernetes), ...options });
 */
export function createClusterWorkloads(kubernetes: Kubernetes): Workloads {
  const { actions, engine } = kubernetes;
  const { state, containers, realClock } = engine;
  const views = new Map<string, DeploymentView>();
  const watchers = new Set<(deployment: string) => void>();
  /** Deployment -> the path that its programs are asked at; undefined: that they listen is enough. */
  const paths = new Map<string, string | undefined>();

  state.watch(({ kind, object }) => {
    if (kind !== 'pods' && kind !== 'deployments') return;
    const revision = object.metadata?.labels?.[REVISION];
    if (revision === undefined) return;
    const deployment = deploymentOf(revision);
    views.delete(deployment);
    for (const hear of [...watchers]) hear(deployment);
  });

  containers.addCommand(QUEUE, async (pod) => {
    const running = containers.find(pod);
    if (!running) return 1;
    const path = paths.get(running.service);
    const until = realClock.now() + PATIENCE_SECONDS * 1_000;
    const listens = running.instance.listening.then(
      () => true,
      () => false,
    );
    if ((await withDeadline(realClock, PATIENCE_SECONDS * 1_000, listens)) !== true) return 1;
    if (path === undefined) return 0;
    while (realClock.now() < until && !running.ended) {
      if (await isFine(running.instance, path)) return 0;
      await new Promise<void>((resolve) => realClock.after(ASK_MS, resolve));
    }
    return 1;
  });

  function look(name: string): DeploymentView {
    const deployment = state.get('deployments', name);
    const pods = state
      .list('pods')
      .filter(({ metadata }) => deploymentOf(metadata?.labels?.[REVISION] ?? '') === name);
    return {
      replicas: deployment?.spec?.replicas ?? 0,
      pods: pods.map(toView),
      progressDeadlineExceeded: isLate(deployment),
      failure: pods.map(failureOf).find((failure) => failure !== undefined),
    };
  }

  function toView(pod: Pod): PodView {
    const terminating = pod.metadata?.deletionTimestamp !== undefined;
    const running = containers.find(nameOf(pod));
    const isRunning = running !== undefined && !running.ended;
    return { name: nameOf(pod), terminating, ready: !terminating && isRunning && isReady(pod) };
  }

  function failureOf(pod: Pod): DeploymentView['failure'] {
    const [status] = pod.status?.containerStatuses ?? [];
    if (!status || pod.metadata?.deletionTimestamp) return undefined;
    const { reason = '', message = '' } = status.state?.waiting ?? {};
    if (NO_IMAGE.includes(reason)) {
      const image = pod.spec?.containers[0]?.image ?? '';
      return {
        reason: 'ContainerMissing',
        message: `Unable to fetch image "${image}": ${message}`,
      };
    }
    const ended = status.state?.terminated ?? status.lastState?.terminated;
    if (!ended || status.ready) return undefined;
    return {
      reason: `ExitCode${ended.exitCode}`,
      message: `Container failed with: ${lastWords(nameOf(pod))}`,
    };
  }

  /** Of this run if it has said anything, else of the one before. */
  function lastWords(pod: string): string {
    const runs = [containers.log(pod, false), containers.log(pod, true)];
    const lines = runs.find((run) => (run?.lines.length ?? 0) > 0)?.lines ?? [];
    return lines
      .slice(-LAST_LINES)
      .map(({ text }) => text)
      .join('\n')
      .slice(-LAST_CHARACTERS);
  }

  return {
    async create(request) {
      paths.set(request.name, pathOf(request.template));
      await actions.apply(toDeployment(request));
    },
    scale: (name, replicas) => actions.setReplicas(name, replicas),
    remove: (name) => actions.delete('Deployment', name),
    restart: (name) => actions.deletePods(look(name).pods.map((pod) => pod.name)),
    view(name) {
      const known = views.get(name);
      if (known) return known;
      const view = look(name);
      views.set(name, view);
      return view;
    },
    fetch: (pod, request) => containers.fetch(pod, request),
    kill: (pod) => kubernetes.kill(pod),
    watch(hear) {
      watchers.add(hear);
      return () => watchers.delete(hear);
    },
    beforeStop: (drained) => containers.beforeStop(drained),
  };
}

function isLate(deployment: Deployment | undefined): boolean {
  return (deployment?.status?.conditions ?? []).some(
    ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
}

function toDeployment({ name, labels, replicas, template }: DeploymentRequest): Applied {
  const revision = { [REVISION]: labels[REVISION] ?? '' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { ...labels } },
    spec: {
      replicas,
      selector: { matchLabels: revision },
      progressDeadlineSeconds: PROGRESS_DEADLINE_SECONDS,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } },
      template: {
        metadata: { labels: { ...labels }, annotations: { ...template.metadata.annotations } },
        spec: toPodSpec(template),
      },
    },
  } as Applied;
}

function toPodSpec({ spec }: RevisionTemplate): Record<string, unknown> {
  const { containerConcurrency: _, timeoutSeconds, containers, ...pod } = spec;
  const [container] = containers;
  const [{ containerPort }] = container.ports;
  const others = Object.fromEntries(
    ['livenessProbe', 'startupProbe'].flatMap((name) =>
      container[name] === undefined
        ? []
        : [[name, withPort(container[name] as Probe, containerPort)]],
    ),
  );
  return {
    ...pod,
    // The pod has as long to end as a request may take.
    terminationGracePeriodSeconds: timeoutSeconds,
    containers: [
      {
        ...container,
        ports: [{ name: 'user-port', containerPort, protocol: 'TCP' }],
        readinessProbe: readinessOf(container['readinessProbe'], containerPort),
        ...others,
      },
    ],
  };
}

/** Whether nobody has said how often to ask: then the queue-proxy asks all the time. */
function isEager({ periodSeconds, exec }: Probe): boolean {
  return !periodSeconds && !exec;
}

/** Where an eager readiness probe asks. */
function pathOf({ spec }: RevisionTemplate): string | undefined {
  const readiness = (spec.containers[0]['readinessProbe'] ?? {}) as Probe;
  return isEager(readiness) && readiness.httpGet ? (readiness.httpGet.path ?? '/') : undefined;
}

async function isFine(instance: Instance, path: string): Promise<boolean> {
  try {
    const response = await instance.fetch(new Request(`http://localhost${path}`));
    await response.body?.cancel();
    return response.status >= 200 && response.status < 400;
  } catch {
    return false;
  }
}

/** The readiness probe that a pod gets: an eager one is the queue-proxy's, which answers when the program does. */
function readinessOf(value: unknown, port: number): Probe {
  const given = (value ?? {}) as Probe;
  if (!isEager(given)) return withPort(given, port);
  return {
    exec: { command: [QUEUE, '-probe-period', '0'] },
    periodSeconds: PERIOD_SECONDS,
    timeoutSeconds: PATIENCE_SECONDS,
  };
}

/** A probe of Knative may leave out its port: there is one only. */
function withPort({ httpGet, tcpSocket, ...rest }: Probe, port: number): Probe {
  return {
    ...rest,
    ...(httpGet && { httpGet: { ...httpGet, port: httpGet.port || port } }),
    ...(tcpSocket && { tcpSocket: { port: tcpSocket.port || port } }),
  };
}

/**
 * The cluster's events under the names of revisions instead of their Deployments.
 *
 * @example createKubernetes({ ...options, emit: asRevisions(emit) })
 */
export function asRevisions(emit: Emit): Emit {
  return (event) =>
    emit(
      'service' in event ? { ...event, service: event.service.replace(/-deployment$/, '') } : event,
    );
}
