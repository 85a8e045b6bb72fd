import type { Clock } from '../../shared/clock.ts';
import type { Autoscaling } from '../core/annotations.ts';
import {
  decide,
  type DeciderSpec,
  type Decision,
  type Memory,
  type Observed,
  remember,
} from '../core/decide.ts';
import {
  LEAST_PANIC_WINDOW_MS,
  REPORT_MS,
  SCALE_DOWN_RATE,
  SCALE_UP_RATE,
  TICK_MS,
} from '../core/limits.ts';
import { createMetric, type Metric, type Observation, type Stat } from '../core/metric.ts';
import { targetOf } from '../core/target.ts';

/** A revision as the autoscaler needs to know it. */
export interface ScaledRevision {
  readonly name: string;
  readonly containerConcurrency: number;
  readonly autoscaling: Autoscaling;
  isReachable(): boolean;
  readyPods(): number;
  /** What its pods' queue-proxies counted since the last time; undefined without a pod. */
  scrape(): Stat | undefined;
}

/** What a tick has brought. */
export interface Outcome extends Decision {
  readonly load: Observation;
  readonly target: number;
  readonly ready: number;
}

export interface AutoscalerOptions {
  /** The platform's time, which can be skipped and go faster. */
  readonly clock: Clock;
  /** The activator's counts since the last time. */
  activatorReport(): readonly (readonly [revision: string, stat: Stat])[];
  onOutcome(revision: string, outcome: Outcome): void;
}

/** Decides for every revision, every two seconds, and at once when one at zero is asked for. */
export interface Autoscaler {
  add(revision: ScaledRevision): void;
  remove(revision: string): void;
  /** What an activator says outside of its reports. */
  tell(revision: string, stat: Stat): void;
  /** The last decision; `desired` is undefined before the first one. */
  status(revision: string): { desired: number | undefined; excessBurstCapacity: number };
  stop(): void;
}

interface Decider {
  readonly revision: ScaledRevision;
  readonly spec: Omit<DeciderSpec, 'reachable'>;
  readonly metric: Metric;
  memory: Memory;
  desired: number | undefined;
  excessBurstCapacity: number;
}

/**
 * Starts to decide.
 *
 * @example
 * const autoscaler = startAutoscaler({ clock, activatorReport: activator.report, onOutcome });
 * autoscaler.add(revision);
 */
export function startAutoscaler(options: AutoscalerOptions): Autoscaler {
  const { clock } = options;
  const deciders = new Map<string, Decider>();

  function run(decider: Decider): void {
    const { revision, metric } = decider;
    const now = clock.now();
    const load = metric.observe(now);
    const ready = revision.readyPods();
    const observed: Observed = { load, readyPods: ready, memory: decider.memory };
    const spec = { ...decider.spec, reachable: revision.isReachable() };
    const decision = decide(spec, observed, now);
    if (!decision || !load) return;
    decider.memory = decision.memory;
    decider.desired = decision.desired;
    decider.excessBurstCapacity = decision.excessBurstCapacity;
    options.onOutcome(revision.name, { ...decision, load, target: spec.target, ready });
  }

  function report(): void {
    const now = clock.now();
    for (const [name, stat] of options.activatorReport()) {
      deciders.get(name)?.metric.record(now, stat);
    }
    for (const { revision, metric } of deciders.values()) {
      const stat = revision.scrape();
      if (stat) metric.record(now, stat);
    }
  }

  const stops = [
    every(clock, REPORT_MS, report),
    every(clock, TICK_MS, () => {
      for (const decider of deciders.values()) run(decider);
    }),
  ];

  return {
    add(revision) {
      deciders.set(revision.name, {
        revision,
        ...settingsOf(revision),
        memory: remember(revision.readyPods(), clock.now()),
        desired: undefined,
      });
    },
    remove: (name) => void deciders.delete(name),
    tell(name, stat) {
      const decider = deciders.get(name);
      if (!decider) return;
      decider.metric.record(clock.now(), stat);
      if (decider.desired === 0 && stat.concurrency > 0) run(decider);
    },
    status(name) {
      const decider = deciders.get(name);
      return {
        desired: decider?.desired,
        excessBurstCapacity: decider?.excessBurstCapacity ?? 0,
      };
    },
    stop() {
      for (const stop of stops) stop();
      deciders.clear();
    },
  };
}

function settingsOf({
  autoscaling,
  containerConcurrency,
}: ScaledRevision): Pick<Decider, 'spec' | 'metric' | 'excessBurstCapacity'> {
  const { metric, stableWindow, panicWindowPercent, targetBurstCapacity } = autoscaling;
  const target = targetOf({ ...autoscaling, containerConcurrency });
  const panicWindow = Math.max(LEAST_PANIC_WINDOW_MS, (stableWindow * panicWindowPercent) / 100);
  return {
    metric: createMetric({ kind: metric, stableWindow, panicWindow }),
    spec: {
      ...target,
      scaleUpRate: SCALE_UP_RATE,
      scaleDownRate: SCALE_DOWN_RATE,
      panicThreshold: autoscaling.panicThresholdPercent / 100,
      stableWindow,
      targetBurstCapacity,
      activationScale: autoscaling.activationScale,
      scaleDownDelay: autoscaling.scaleDownDelay,
    },
    // Until there is a decision, as one pod would have it.
    excessBurstCapacity:
      targetBurstCapacity <= 0
        ? targetBurstCapacity
        : Math.trunc(target.total - targetBurstCapacity),
  };
}

/** Calls back again and again; the answer ends it. */
function every(clock: Clock, milliseconds: number, call: () => void): () => void {
  let cancel = (): void => undefined;
  const plan = (): void => {
    cancel = clock.after(milliseconds, () => {
      plan();
      call();
    });
  };
  plan();
  return () => cancel();
}
