import type { Clock } from '../../shared/clock.ts';
import { LATE, withDeadline } from '../../shared/deadline.ts';
import { createActivatorStats } from '../core/activator-stats.ts';
import { activatorDepth } from '../core/breaker.ts';
import { type Policy, policyFor } from '../core/load-balancing.ts';
import type { Stat } from '../core/metric.ts';
import { answer } from './answers.ts';
import { whenRead } from './when-read.ts';

/** A revision as the activator needs to know it. */
export interface ActivatedRevision {
  readonly name: string;
  readonly containerConcurrency: number;
  readonly timeoutSeconds: number;
  /** Pods that are ready, in a steady order. */
  readyPods(): readonly string[];
  /** Sends a request through a pod's queue-proxy. */
  send(pod: string, request: Request): Promise<Response>;
}

export interface ActivatorOptions {
  readonly clock: Clock;
  readonly realClock: Clock;
  readonly random: () => number;
  /** Hears at once of the first request for a revision. */
  onStat(revision: string, stat: Stat): void;
  /** Hears that a request has to wait, with so many others. */
  onHeld(revision: string, request: string, waiting: number): void;
}

/** The proxy that keeps requests while there is no pod for them. */
export interface Activator {
  /** `request` names it in events. */
  handle(revision: ActivatedRevision, request: Request, id: string): Promise<Response>;
  /** Looks again for pods with a free slot: some have come or gone. */
  podsChanged(revision: string): void;
  /** Requests that wait for a pod of the revision. */
  waiting(revision: string): number;
  /** Forgets a revision that is deleted: what waits for it waits in vain, until its time is up. */
  remove(revision: string): void;
  report(): readonly (readonly [revision: string, stat: Stat])[];
}

/** What is kept for a revision from its first request on. */
interface Throttle {
  readonly revision: ActivatedRevision;
  readonly pick: Policy;
  readonly inFlight: Map<string, number>;
  readonly queue: ((pod: string) => void)[];
}

/**
 * An activator for all revisions.
 *
 * @example
 * const activator = createActivator({ clock, realClock, random: Math.random, onStat, onHeld });
 * const response = await activator.handle(revision, request, 'r1');
 */
export function createActivator(options: ActivatorOptions): Activator {
  const { clock, realClock, random } = options;
  const stats = createActivatorStats();
  const throttles = new Map<string, Throttle>();

  function throttleFor(revision: ActivatedRevision): Throttle {
    const known = throttles.get(revision.name);
    if (known) return known;
    const pick = policyFor(revision.containerConcurrency);
    const throttle = { revision, pick, inFlight: new Map<string, number>(), queue: [] };
    throttles.set(revision.name, throttle);
    return throttle;
  }

  /** Takes a slot of a pod, if any has one. */
  function take({ revision, pick, inFlight }: Throttle): string | undefined {
    const pods = revision.readyPods().map((id) => ({ id, inFlight: inFlight.get(id) ?? 0 }));
    const pod = pick(pods, random);
    if (pod !== undefined) inFlight.set(pod, (inFlight.get(pod) ?? 0) + 1);
    return pod;
  }

  function release(throttle: Throttle, pod: string): void {
    const left = (throttle.inFlight.get(pod) ?? 1) - 1;
    if (left > 0) throttle.inFlight.set(pod, left);
    else throttle.inFlight.delete(pod);
    serveQueue(throttle);
  }

  function serveQueue(throttle: Throttle): void {
    while (throttle.queue.length > 0) {
      const pod = take(throttle);
      if (pod === undefined) return;
      throttle.queue.shift()?.(pod);
    }
  }

  async function acquire(
    throttle: Throttle,
    id: string,
    milliseconds: number,
  ): Promise<{ pod: string } | 'full' | 'late'> {
    const { revision, queue } = throttle;
    // Who waits already comes first.
    const free = queue.length === 0 ? take(throttle) : undefined;
    if (free !== undefined) return { pod: free };
    if (queue.length >= activatorDepth(revision.containerConcurrency)) return 'full';
    const { promise, resolve } = Promise.withResolvers<string>();
    queue.push(resolve);
    options.onHeld(revision.name, id, queue.length);
    const pod = await withDeadline(realClock, milliseconds, promise);
    if (pod !== LATE) return { pod };
    const index = queue.indexOf(resolve);
    if (index >= 0) queue.splice(index, 1);
    // A slot was given to it in the moment in which its time was up.
    else void promise.then((given) => release(throttle, given));
    return 'late';
  }

  return {
    async handle(revision, request, id) {
      const { name, timeoutSeconds } = revision;
      const begun = realClock.now();
      const left = (): number => timeoutSeconds * 1_000 - (realClock.now() - begun);
      const first = stats.arrive(name, clock.now());
      if (first) options.onStat(name, first);
      const leave = (): void => stats.leave(name, clock.now());

      const throttle = throttleFor(revision);
      const acquired = await acquire(throttle, id, left());
      if (typeof acquired === 'string') {
        leave();
        return answer(acquired === 'full' ? 'queueFull' : 'activatorTimeout');
      }
      const end = (): void => {
        leave();
        release(throttle, acquired.pod);
      };
      try {
        const response = await withDeadline(
          realClock,
          left(),
          revision.send(acquired.pod, request),
        );
        if (response !== LATE) return whenRead(response, end);
        end();
        return answer('activatorTimeout');
      } catch {
        end();
        return answer('podGone');
      }
    },
    podsChanged(revision) {
      const throttle = throttles.get(revision);
      if (throttle) serveQueue(throttle);
    },
    remove: (revision) => void throttles.delete(revision),
    waiting: (revision) => throttles.get(revision)?.queue.length ?? 0,
    report: () => stats.report(clock.now()),
  };
}
