import type { Clock } from '../../shared/clock.ts';
import type { Tell } from '../../shared/traced-request.ts';
import {
  decide,
  type HpaDecision,
  type MeasuredPod,
  type Recommendation,
  SYNC_MS,
} from '../core/hpa.ts';
import { conditionOf } from '../core/kubectl/pod-state.ts';
import {
  type Autoscaler,
  type Condition,
  millisecondsOf,
  nameOf,
  type Pod,
} from '../core/objects.ts';
import { cpuMillis } from '../core/quantity.ts';
import type { Metrics } from './metrics.ts';
import type { ObjectStore } from './object-store.ts';
import type { ClusterState } from './state.ts';

/** What autoscaling/v1 takes for a target when none is given, in percent. */
const DEFAULT_TARGET = 80;

export interface AutoscalerOptions {
  readonly store: ObjectStore;
  readonly state: ClusterState;
  readonly metrics: Metrics;
  /** The platform's clock: sync periods and windows can be skipped. */
  readonly clock: Clock;
  readonly tell: Tell;
  readonly now: () => Date;
  scale(deployment: string, replicas: number): Promise<void>;
  record(
    about: Autoscaler,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): Promise<void>;
}

/** The controller of all autoscalers. */
export interface AutoscalerController {
  /** Resolves when every look that has begun is over. */
  settled(): Promise<void>;
  stop(): void;
}

/**
 * Looks every 15 s how much CPU the pods of each autoscaler use, and sets how many there are to be.
 *
 * @example const controller = startAutoscalers({ store, state, metrics, clock, tell, now, scale, record });
 */
export function startAutoscalers(options: AutoscalerOptions): AutoscalerController {
  const { store, state, metrics, clock, tell } = options;
  const recommendations = new Map<string, readonly Recommendation[]>();
  let work: Promise<void> = Promise.resolve();
  let cancel = clock.after(SYNC_MS, tick);

  function tick(): void {
    cancel = clock.after(SYNC_MS, tick);
    work = work.then(async () => {
      for (const autoscaler of store.list('HorizontalPodAutoscaler')) await look(autoscaler);
    });
  }

  async function look(autoscaler: Autoscaler): Promise<void> {
    const { spec } = autoscaler;
    const deployment = state.get('deployments', spec?.scaleTargetRef.name ?? '');
    if (!spec || !deployment) return;
    const name = nameOf(autoscaler);
    const current = deployment.spec?.replicas ?? 1;
    const target = spec.targetCPUUtilizationPercentage ?? DEFAULT_TARGET;
    const decision = decide(
      { min: spec.minReplicas ?? 1, max: spec.maxReplicas, target },
      {
        current,
        pods: podsOf(deployment.spec?.selector?.matchLabels ?? {}),
        recommendations: recommendations.get(name) ?? [],
      },
      clock.now(),
    );
    recommendations.set(name, decision.recommendations);
    await report(autoscaler, current, target, decision);
    if (decision.replicas === current) return;
    const reason = reasonText(decision, current);
    tell({
      type: 'scaled',
      service: nameOf(deployment),
      from: current,
      to: decision.replicas,
      reason,
    });
    await options.scale(nameOf(deployment), decision.replicas);
    const message = `New size: ${decision.replicas}; reason: ${reason}`;
    await options.record(autoscaler, 'Normal', 'SuccessfulRescale', message);
  }

  function podsOf(labels: Readonly<Record<string, string>>): MeasuredPod[] {
    return state
      .list('pods')
      .filter(
        ({ metadata, status }) =>
          metadata?.deletionTimestamp === undefined &&
          status?.phase !== 'Failed' &&
          Object.entries(labels).every(([key, value]) => metadata?.labels?.[key] === value),
      )
      .map(measure);
  }

  function measure(pod: Pod): MeasuredPod {
    const ready = conditionOf(pod, 'Ready');
    const since = ready?.status === 'True' ? millisecondsOf(ready.lastTransitionTime) : undefined;
    return {
      name: nameOf(pod),
      request: requestOf(pod),
      usage: metrics.of(nameOf(pod), since)?.cpu,
      ready: since !== undefined,
    };
  }

  async function report(
    autoscaler: Autoscaler,
    current: number,
    target: number,
    decision: HpaDecision,
  ): Promise<void> {
    const { replicas, utilization, failure } = decision;
    const rescaled = replicas !== current;
    const { currentCPUUtilizationPercentage: _, ...before } = autoscaler.status ?? {};
    const known =
      utilization ?? (failure ? undefined : autoscaler.status?.currentCPUUtilizationPercentage);
    store.update('HorizontalPodAutoscaler', nameOf(autoscaler), {
      status: {
        ...before,
        currentReplicas: current,
        desiredReplicas: replicas,
        ...(known !== undefined && { currentCPUUtilizationPercentage: known }),
        ...(rescaled && { lastScaleTime: options.now() }),
        conditions: conditionsOf(decision, current, options.now()),
      },
    });
    if (failure === undefined) return;
    const text = `failed to get cpu utilization: ${failure}`;
    await options.record(autoscaler, 'Warning', 'FailedGetResourceMetric', text);
    void target;
  }

  return {
    settled: () => work,
    stop: () => cancel(),
  };
}

/** The sum of what a pod's containers ask for; undefined when one asks for nothing. */
function requestOf(pod: Pod): number | undefined {
  let sum = 0;
  for (const { resources } of pod.spec?.containers ?? []) {
    const cpu = cpuMillis(resources?.requests?.['cpu'] ?? resources?.limits?.['cpu']);
    if (cpu === undefined) return undefined;
    sum += cpu;
  }
  return sum;
}

function reasonText({ replicas, limit, utilization }: HpaDecision, current: number): string {
  if (limit === 'TooFewReplicas' && utilization === undefined) {
    return 'Current number of replicas below Spec.MinReplicas';
  }
  if (limit === 'TooManyReplicas' && utilization === undefined) {
    return 'Current number of replicas above Spec.MaxReplicas';
  }
  return replicas > current
    ? 'cpu resource utilization (percentage of request) above target'
    : 'All metrics below target';
}

const LIMITS: Readonly<Record<string, string>> = {
  TooFewReplicas: 'the desired replica count is less than the minimum replica count',
  TooManyReplicas: 'the desired replica count is more than the maximum replica count',
  ScaleUpLimit: 'the desired replica count is increasing faster than the maximum scale rate',
};

function conditionsOf(decision: HpaDecision, current: number, now: Date): Condition[] {
  const { replicas, limit, failure } = decision;
  const condition = (type: string, holds: boolean, reason: string, message: string): Condition => ({
    type,
    status: holds ? 'True' : 'False',
    lastTransitionTime: now,
    reason,
    message,
  });
  if (failure !== undefined) {
    return [
      condition(
        'AbleToScale',
        true,
        'SucceededGetScale',
        "the HPA controller was able to get the target's current scale",
      ),
      condition(
        'ScalingActive',
        false,
        'FailedGetResourceMetric',
        `the HPA was unable to compute the replica count: failed to get cpu utilization: ${failure}`,
      ),
    ];
  }
  const able =
    replicas !== current
      ? condition(
          'AbleToScale',
          true,
          'SucceededRescale',
          `the HPA controller was able to update the target scale to ${replicas}`,
        )
      : limit === 'ScaleDownStabilized'
        ? condition(
            'AbleToScale',
            true,
            'ScaleDownStabilized',
            'recent recommendations were higher than current one, applying the highest recent recommendation',
          )
        : condition(
            'AbleToScale',
            true,
            'ReadyForNewScale',
            'recommended size matches current size',
          );
  const held = limit === undefined ? undefined : LIMITS[limit];
  return [
    able,
    condition(
      'ScalingActive',
      true,
      'ValidMetricFound',
      'the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)',
    ),
    held === undefined || limit === undefined
      ? condition(
          'ScalingLimited',
          false,
          'DesiredWithinRange',
          'the desired count is within the acceptable range',
        )
      : condition('ScalingLimited', true, limit, held),
  ];
}
