import type { Clock } from '../../shared/clock.ts';
import { LATE, withDeadline } from '../../shared/deadline.ts';
import { admit, queueProxyLimits } from '../core/breaker.ts';
import { createRequestStats, type Report } from '../core/request-stats.ts';
import { answer } from './answers.ts';
import { whenRead } from './when-read.ts';

export interface QueueProxyOptions {
  readonly containerConcurrency: number;
  readonly timeoutSeconds: number;
  /** The platform's time, by which requests are counted. */
  readonly clock: Clock;
  /** Real time: what a request may take cannot be skipped. */
  readonly realClock: Clock;
  /** Sends a request to the container beside it. */
  fetch(request: Request): Promise<Response>;
}

/** The sidecar in each pod: it counts, limits and drains. */
export interface QueueProxy {
  /** Requests that run or wait. */
  readonly inFlight: number;
  readonly served: number;
  /** `proxied`: it comes from the activator, which counts it too. */
  handle(request: Request, proxied: boolean): Promise<Response>;
  report(): Report;
  /** Resolves when it has nothing left to do; what comes in meanwhile is still served. */
  drained(): Promise<void>;
}

/**
 * Stands before one pod's container.
 *
 * @example const response = await createQueueProxy(options).handle(request, false);
 */
export function createQueueProxy(options: QueueProxyOptions): QueueProxy {
  const { clock, realClock, timeoutSeconds } = options;
  const limits = queueProxyLimits(options.containerConcurrency);
  const stats = createRequestStats(clock.now());
  const waiting: (() => void)[] = [];
  const idle: (() => void)[] = [];
  let running = 0;
  let served = 0;

  function release(): void {
    // Its slot goes to the next in the queue.
    const next = waiting.shift();
    if (next) return next();
    running -= 1;
    if (running === 0) for (const resolve of idle.splice(0)) resolve();
  }

  async function acquire(): Promise<'slot' | 'full' | 'late'> {
    const outcome = admit({ running, waiting: waiting.length }, limits);
    if (outcome === 'refuse') return 'full';
    if (outcome === 'run') {
      running += 1;
      return 'slot';
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    if ((await withDeadline(realClock, timeoutSeconds * 1_000, promise)) !== LATE) return 'slot';
    const index = waiting.indexOf(resolve);
    // It was its turn in this very moment.
    if (index < 0) release();
    else waiting.splice(index, 1);
    return 'late';
  }

  return {
    get inFlight() {
      return running + waiting.length;
    },
    get served() {
      return served;
    },
    async handle(request, proxied) {
      const begun = realClock.now();
      const leave = (): void => stats.leave(clock.now(), proxied);
      stats.arrive(clock.now(), proxied);
      const outcome = await acquire();
      if (outcome !== 'slot') {
        leave();
        return answer(outcome === 'full' ? 'queueFull' : 'requestTimeout');
      }
      const end = (): void => {
        served += 1;
        leave();
        release();
      };
      const left = timeoutSeconds * 1_000 - (realClock.now() - begun);
      try {
        const response = await withDeadline(realClock, left, options.fetch(request));
        if (response !== LATE) return whenRead(response, end);
        end();
        return answer('requestTimeout');
      } catch {
        end();
        return answer('podGone');
      }
    },
    report: () => stats.report(clock.now()),
    drained() {
      if (running === 0) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      idle.push(resolve);
      return promise;
    },
  };
}
