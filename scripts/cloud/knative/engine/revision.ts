import type { SkippableClock } from '../../shared/skippable-clock.ts';
import type { Tell } from '../../shared/traced-request.ts';
import { type Autoscaling, readAutoscaling } from '../core/annotations.ts';
import { isActivatorInPath } from '../core/decide.ts';
import { podsStat, type Stat } from '../core/metric.ts';
import { revisionConditions, stamp } from '../core/readiness.ts';
import type { Condition, RevisionTemplate } from '../core/resources.ts';
import { type Active, DEPLOYING, nextActive, planScale, type ScaleSpec } from '../core/scale.ts';
import type { ActivatedRevision, Activator } from './activator.ts';
import type { Autoscaler, Outcome, ScaledRevision } from './autoscaler.ts';
import { isRefusal } from './answers.ts';
import { createQueueProxy, type QueueProxy } from './queue-proxy.ts';
import type { Clock } from '../../shared/clock.ts';
import type { DeploymentView, PodView, Workloads } from './workloads.ts';

/** How often a revision is looked at again because looking at it has changed it. */
const MOST_ROUNDS = 4;

export interface RevisionOptions {
  readonly name: string;
  /** Its Service, which is also its Configuration's and its Route's name. */
  readonly service: string;
  readonly generation: number;
  readonly template: RevisionTemplate;
  readonly labels: Readonly<Record<string, string>>;
  readonly workloads: Workloads;
  readonly clock: SkippableClock;
  readonly realClock: Clock;
  readonly tell: Tell;
  readonly activator: Activator;
  readonly autoscaler: Autoscaler;
  readonly random: () => number;
  /** Variables for the container, unless its template sets them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether a Route leads to it; undefined: it is too new to know. */
  isRouted(): boolean | undefined;
  /** Hears when its readiness has changed. */
  onReadiness(): void;
}

/** One revision: its Deployment, who is in its path, and what it is like. */
export interface Revision {
  readonly name: string;
  readonly service: string;
  readonly generation: number;
  readonly template: RevisionTemplate;
  readonly created: number;
  conditions(): readonly Condition[];
  ready(): Condition;
  replicas(): { readonly actual: number; readonly desired: number };
  pods(): readonly (PodView & { readonly busy: boolean; readonly served: number })[];
  /** Answers a request that a Route has given to it. */
  handle(request: Request, id: string, from: string): Promise<Response>;
  /** Resolves when a pod's sidecar has nothing left to do. */
  drained(pod: string): Promise<void>;
  /** Brings what is there in line with what should be; also when only time has passed. */
  reconcile(): void;
  decided(outcome: Outcome): void;
  /** Resolves when the Deployment has heard of the last decision. */
  settled(): Promise<void>;
  stop(): void;
  /** Takes its Deployment away. */
  remove(): Promise<void>;
}

/**
 * Starts a revision.
 *
 * @example const revision = startRevision({ name: 'rule-00001', service: 'rule', template, ...parts });
 */
export function startRevision(options: RevisionOptions): Revision {
  const { name, service, template, workloads, clock, realClock, tell, activator } = options;
  const { containerConcurrency, timeoutSeconds } = template.spec;
  const autoscaling = readAutoscaling(template.metadata.annotations);
  const deployment = `${name}-deployment`;
  const proxies = new Map<string, QueueProxy>();
  const created = clock.now();

  let active: Active = { ...DEPLOYING, since: created };
  let conditions: Condition[] = [];
  let reachedInitialScale = false;
  let want: number | undefined;
  let replicas = Math.max(autoscaling.initialScale, autoscaling.minScale);
  let inPathSince: number | undefined = created;
  let changing: Promise<void> = Promise.resolve();
  let cancelAgain = (): void => undefined;
  let stopped = false;

  const view = (): DeploymentView => workloads.view(deployment);
  const readyPods = (): string[] =>
    view()
      .pods.filter((pod) => pod.ready && !pod.terminating)
      .map((pod) => pod.name);

  function proxyOf(pod: string): QueueProxy {
    const known = proxies.get(pod);
    if (known) return known;
    const fetch = (request: Request): Promise<Response> => workloads.fetch(pod, request);
    const proxy = createQueueProxy({
      containerConcurrency,
      timeoutSeconds,
      clock,
      realClock,
      fetch,
    });
    proxies.set(pod, proxy);
    return proxy;
  }

  const activated: ActivatedRevision = {
    name,
    containerConcurrency,
    timeoutSeconds,
    readyPods,
    send: (pod, request) => proxyOf(pod).handle(request, true),
  };

  const scaled: ScaledRevision = {
    name,
    containerConcurrency,
    autoscaling,
    isReachable,
    readyPods: () => readyPods().length,
    scrape(): Stat | undefined {
      const reports = readyPods().map((pod) => proxyOf(pod).report());
      return reports.length === 0 ? undefined : podsStat(reports);
    },
  };

  /** A revision that has failed is kept up by nothing. */
  function isReachable(): boolean {
    return ready().status !== 'False' && options.isRouted() !== false;
  }

  function ready(): Condition {
    return (
      conditions.find(({ type }) => type === 'Ready') ?? {
        type: 'Ready',
        status: 'Unknown',
        since: created,
      }
    );
  }

  /** One look at everything; whether anything has changed by it. */
  function round(): boolean {
    const now = clock.now();
    const spec = scaleSpec(autoscaling, isReachable());
    const { desired, excessBurstCapacity } = options.autoscaler.status(name);
    const observed = { desired, active, reachedInitialScale, activatorInPathSince: inPathSince };
    const plan = planScale(spec, observed, now);
    want = plan.want;
    if (plan.apply && plan.want !== undefined) scaleTo(plan.want);
    lookAgain(plan.again);

    const isIdle = want === undefined && active.status === 'False';
    const wasInPath = inPathSince !== undefined;
    const isInPath = isIdle || isActivatorInPath(want ?? 1, excessBurstCapacity);
    if (isInPath !== wasInPath) {
      inPathSince = isInPath ? now : undefined;
      tell({ type: 'path-changed', revision: name, activator: isInPath });
    }

    const up = readyPods().length;
    reachedInitialScale ||= up >= Math.max(1, autoscaling.initialScale, spec.minScale);
    const next = nextActive(spec, active, { want, ready: up, reachedInitialScale }, now);
    const hasChanged = next.status !== active.status;
    active = next;
    return updateConditions(now) || hasChanged || isInPath !== wasInPath;
  }

  function scaleTo(next: number): void {
    if (next === replicas) return;
    const from = replicas;
    replicas = next;
    tell({ type: 'scaled', service: name, from, to: next, reason: reasonOf(from, next) });
    change(() => workloads.scale(deployment, next));
  }

  function reasonOf(from: number, to: number): string {
    if (to === 0) return 'no traffic';
    if (from === 0) return 'requests wait';
    return to > from ? 'more requests than it aims for' : 'fewer requests than it has pods for';
  }

  /** One after the other, so that the last word is the last decision. */
  function change(work: () => Promise<void>): void {
    changing = changing.then(work).catch((error: unknown) => {
      if (!stopped) throw error;
    });
  }

  function lookAgain(milliseconds: number | undefined): void {
    cancelAgain();
    cancelAgain = (): void => undefined;
    if (milliseconds !== undefined) cancelAgain = clock.after(milliseconds, reconcile);
  }

  /** Whether its readiness has changed. */
  function updateConditions(now: number): boolean {
    const { progressDeadlineExceeded, failure } = view();
    const { status, reason, message } = active;
    const found = revisionConditions(
      { isUp: reachedInitialScale, progressDeadlineExceeded, failure },
      { status, ...(reason && { reason }), ...(message && { message }) },
    );
    const before = ready();
    conditions = stamp(found, conditions, now);
    const after = ready();
    if (after.status === before.status && after.reason === before.reason) return false;
    tell({
      type: 'revision-changed',
      service,
      revision: name,
      ready: after.status,
      ...(after.reason && { reason: after.reason }),
      ...(after.message && { message: after.message }),
    });
    options.onReadiness();
    return true;
  }

  function reconcile(): void {
    if (stopped) return;
    for (let rounds = 0; rounds < MOST_ROUNDS && round(); rounds += 1);
    activator.podsChanged(name);
    const known = new Set(view().pods.map((pod) => pod.name));
    for (const pod of proxies.keys()) if (!known.has(pod)) proxies.delete(pod);
  }

  async function direct(request: Request, id: string, from: string): Promise<Response> {
    const pods = readyPods();
    // As iptables does it: any of them, whatever they are doing.
    const pod = pods[Math.floor(options.random() * pods.length)];
    if (pod === undefined) return activator.handle(activated, request, id);
    tell({ type: 'hop', request: id, from, to: pod });
    return proxyOf(pod).handle(request, false);
  }

  function forward(request: Request, id: string, from: string): Promise<Response> {
    if (inPathSince === undefined) return direct(request, id, from);
    tell({ type: 'hop', request: id, from, to: 'activator' });
    const traced: ActivatedRevision = {
      ...activated,
      send(pod, forwarded) {
        tell({ type: 'hop', request: id, from: 'activator', to: pod });
        return activated.send(pod, forwarded);
      },
    };
    return activator.handle(traced, request, id);
  }

  function stop(): void {
    stopped = true;
    unwatch();
    cancelAgain();
  }

  const unwatch = workloads.watch((changed) => changed === deployment && reconcile());
  change(() =>
    workloads.create({
      name: deployment,
      labels: options.labels,
      replicas,
      template: withVariables(template, options),
    }),
  );
  options.autoscaler.add(scaled);

  return {
    name,
    service,
    generation: options.generation,
    template,
    created,
    conditions: () => conditions,
    ready,
    replicas: () => ({ actual: readyPods().length, desired: replicas }),
    pods: () =>
      view().pods.map((pod) => ({
        ...pod,
        busy: (proxies.get(pod.name)?.inFlight ?? 0) > 0,
        served: proxies.get(pod.name)?.served ?? 0,
      })),
    async handle(request, id, from) {
      const response = await forward(request, id, from);
      if (isRefusal(response)) {
        tell({ type: 'throttled', request: id, service: name, limit: containerConcurrency });
      }
      return response;
    },
    drained: (pod) => proxies.get(pod)?.drained() ?? Promise.resolve(),
    reconcile,
    decided(outcome) {
      tell({
        type: 'autoscaled',
        revision: name,
        ...outcome.load,
        target: outcome.target,
        ready: outcome.ready,
        desired: outcome.desired,
        isPanic: outcome.memory.panicSince !== undefined,
        excessBurstCapacity: outcome.excessBurstCapacity,
      });
      reconcile();
    },
    settled: () => changing,
    stop,
    async remove() {
      stop();
      options.autoscaler.remove(name);
      activator.remove(name);
      change(() => workloads.remove(deployment));
      await changing;
    },
  };
}

function scaleSpec(autoscaling: Autoscaling, reachable: boolean): ScaleSpec {
  const { minScale, maxScale, initialScale, stableWindow, podRetention } = autoscaling;
  return { minScale, maxScale, initialScale, stableWindow, podRetention, reachable };
}

/** What Knative tells a program of itself, and what the place where it runs adds. */
function withVariables(
  template: RevisionTemplate,
  { name, service, environment }: Pick<RevisionOptions, 'name' | 'service' | 'environment'>,
): RevisionTemplate {
  const [container] = template.spec.containers;
  const [{ containerPort }] = container.ports;
  const beside = Object.entries(environment)
    .filter(([key]) => !container.env.some((variable) => variable.name === key))
    .map(([key, value]) => ({ name: key, value }));
  const env = [
    ...beside,
    ...container.env,
    { name: 'PORT', value: String(containerPort) },
    { name: 'K_REVISION', value: name },
    { name: 'K_CONFIGURATION', value: service },
    { name: 'K_SERVICE', value: service },
  ];
  return { ...template, spec: { ...template.spec, containers: [{ ...container, env }] } };
}
