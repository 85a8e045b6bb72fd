import type { WorkerTrace } from '../cloud/hosts/worker/index.ts';
import type { InsideTrace } from '../cloud/hosts/worker/index.ts';
import type { Clock } from '../cloud/shared/clock.ts';
import type { Emit } from '../cloud/shared/events.ts';

/** What happened inside an instance. `request` is the platform's name of the request: `r1`. */
export type LabTrace = {
  readonly at: number;
  readonly instance: string;
  readonly request?: string;
} & InsideTrace;

export type OnTrace = (trace: LabTrace) => void;

/** How many requests are remembered by number: traces follow their request closely. */
const REMEMBERED = 500;

/** Joins what a platform tells of requests to what the host sees inside its instances. */
export interface Tracer {
  readonly emit: Emit;
  onRequest(instance: string, number: number): void;
  onTrace(trace: WorkerTrace): void;
}

export interface TracerOptions {
  readonly clock: Clock;
  /** False: requests that nobody told of, such as a kubelet's probes, are left out. */
  readonly isOpen?: boolean;
}

/**
 * A platform tells of the hop to an instance and calls its `fetch` in the same tick: the number that the
 * host gives the call then belongs to the request of that hop.
 *
 * @example const tracer = createTracer(emit, onTrace, { clock });
 */
export function createTracer(
  emit: Emit,
  onTrace: OnTrace,
  { clock, isOpen = true }: TracerOptions,
): Tracer {
  /** Instance -> the request that is on its way to it. */
  const hops = new Map<string, string>();
  /** `instance number` -> request, oldest first. */
  const requests = new Map<string, string>();
  return {
    emit(event) {
      if (event.type === 'hop') hops.set(event.to, event.request);
      emit(event);
    },
    onRequest(instance, number) {
      const request = hops.get(instance);
      hops.delete(instance);
      if (request === undefined) return;
      requests.set(`${instance} ${number}`, request);
      const [oldest] = requests.keys();
      if (requests.size > REMEMBERED && oldest !== undefined) requests.delete(oldest);
    },
    onTrace({ instance, request: number, trace }) {
      const request = requests.get(`${instance} ${number}`);
      if (!isOpen && request === undefined) return;
      onTrace({ at: clock.now(), instance, ...(request !== undefined && { request }), ...trace });
    },
  };
}
