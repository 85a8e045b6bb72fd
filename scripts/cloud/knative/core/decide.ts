import { type Held, hold } from './delay-window.ts';
import type { Observation } from './metric.ts';
import type { Target } from './target.ts';

/** How one revision is to be scaled. Times in milliseconds. */
export interface DeciderSpec extends Target {
  readonly scaleUpRate: number;
  readonly scaleDownRate: number;
  /** From this many times what the ready pods can take on, there is panic: 2 is 200 %. */
  readonly panicThreshold: number;
  readonly stableWindow: number;
  /** -1: the activator stays in the path; 0: it is there only at zero. */
  readonly targetBurstCapacity: number;
  /** As soon as there is anything to do, at least so many pods. */
  readonly activationScale: number;
  readonly scaleDownDelay: number;
  /** Whether any route leads to the revision. */
  readonly reachable: boolean;
}

/** What is kept from one decision to the next. */
export interface Memory {
  /** When the panic began or was last renewed; undefined: no panic. */
  readonly panicSince?: number | undefined;
  readonly highestInPanic: number;
  readonly held: readonly Held[];
}

export interface Observed {
  /** Undefined: no data, so no decision. */
  readonly load: Observation | undefined;
  readonly readyPods: number;
  readonly memory: Memory;
}

export interface Decision {
  readonly desired: number;
  /** How many more requests could come at once; negative: the activator is needed in the path. */
  readonly excessBurstCapacity: number;
  readonly memory: Memory;
}

/**
 * What an autoscaler knows when it begins. It has lost the load's history, so with more than one pod it begins
 * in panic, in which no pod goes.
 *
 * @example remember(1, now) // { highestInPanic: 0, held: [] }
 */
export function remember(readyPods: number, now: number): Memory {
  return readyPods > 1
    ? { panicSince: now, highestInPanic: readyPods, held: [] }
    : { highestInPanic: 0, held: [] };
}

/**
 * How many pods a revision should have: the Knative Pod Autoscaler's decision of one tick, as
 * knative/serving `pkg/autoscaler/scaling/autoscaler.go` takes it. Undefined without data.
 *
 * @example decide(spec, { load: { stable: 50, panic: 50 }, readyPods: 1, memory }, now)?.desired
 */
export function decide(spec: DeciderSpec, observed: Observed, now: number): Decision | undefined {
  const { load, readyPods } = observed;
  if (!load) return undefined;
  const ready = Math.max(1, readyPods);
  const highest = Math.ceil(spec.scaleUpRate * ready);
  const lowest = spec.reachable ? Math.floor(ready / spec.scaleDownRate) : 0;

  const wanted = (value: number): number => {
    const raw = Math.ceil(value / spec.target);
    const clamped = Math.min(Math.max(raw, lowest), highest);
    return raw > 0 ? Math.max(clamped, spec.activationScale) : clamped;
  };
  const stable = wanted(load.stable);
  const panic = wanted(load.panic);

  const isOver = Math.ceil(load.panic / spec.target) / ready >= spec.panicThreshold;
  const { panicSince, highestInPanic } = panicOf(spec, observed.memory, isOver, now);
  const isPanic = panicSince !== undefined;
  const undelayed = isPanic ? Math.max(stable, panic, highestInPanic) : stable;

  const held =
    spec.scaleDownDelay > 0 ? hold(observed.memory.held, undelayed, spec.scaleDownDelay, now) : [];
  return {
    desired: held[0]?.pods ?? undelayed,
    excessBurstCapacity: excessBurstCapacity(spec, readyPods, load.panic),
    memory: { panicSince, highestInPanic: isPanic ? undelayed : 0, held },
  };
}

function panicOf(
  { stableWindow }: DeciderSpec,
  memory: Memory,
  isOver: boolean,
  now: number,
): Pick<Memory, 'panicSince' | 'highestInPanic'> {
  if (isOver) return { panicSince: now, highestInPanic: memory.highestInPanic };
  const { panicSince } = memory;
  if (panicSince === undefined || panicSince + stableWindow < now) return { highestInPanic: 0 };
  return memory;
}

/** From the panic window, so that no spike of a second takes the activator in and out. */
function excessBurstCapacity(spec: DeciderSpec, readyPods: number, panicLoad: number): number {
  const { targetBurstCapacity, total } = spec;
  if (targetBurstCapacity <= 0) return targetBurstCapacity;
  return Math.floor(readyPods * total - targetBurstCapacity - panicLoad);
}

/**
 * Whether requests go through the activator: there is no pod for them, or not enough for a burst.
 *
 * @example isActivatorInPath(3, 89) // false
 */
export function isActivatorInPath(want: number, burst: number): boolean {
  return want === 0 || burst < 0;
}
