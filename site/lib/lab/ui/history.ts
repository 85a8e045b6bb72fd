import type { PlatformEvent, StopReason } from '../../../../scripts/cloud/shared/events.ts';
import type { LabTrace } from '../../../../scripts/lab/deployment.ts';
import type { StageMap } from './stage-map.ts';
import type { Tick } from './curve.ts';
import { createTail, type Tail } from './tail.ts';

/** An instance from its start to its end; times are real milliseconds. */
export interface InstanceRecord {
  readonly id: string;
  readonly service: string;
  readonly startedAt: number;
  state: 'starting' | 'idle' | 'busy' | 'waiting' | 'stopped';
  /** Why it cannot start yet, in the platform's word: `CrashLoopBackOff`. */
  waitsFor?: string;
  readyAt?: number;
  stoppedAt?: number;
  reason?: StopReason;
  served: number;
  busy: number;
}

/** A request on its way. `route` grows as it moves; `end` says how it came back. */
export interface RequestRecord {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly sentAt: number;
  readonly route: string[];
  /** The functions of Express that it passed, and the part that each belongs to. */
  readonly calls: { readonly name: string; readonly node: string }[];
  instance?: string;
  end?: { readonly at: number; readonly status: number | undefined };
}

export interface LogRecord {
  readonly at: number;
  /** Undefined: the Lab itself speaks. */
  readonly instance: string | undefined;
  readonly stream: 'stdout' | 'stderr' | 'lab';
  readonly text: string;
}

/**
 * The functions that Express has called for a request, by names that say something: all, or those of one
 * part of the diagram.
 *
 * @example namedCalls(request, 'controllers') // ['list']
 */
export function namedCalls({ calls }: Pick<RequestRecord, 'calls'>, part?: string): string[] {
  return calls
    .filter(({ node, name }) => (part === undefined || node === part) && isName(name))
    .map(({ name }) => name);
}

function isName(name: string): boolean {
  return name !== 'anonymous' && /^[\w$]/.test(name);
}

/** What a session has seen, as far back as it is shown. */
export interface History {
  record(event: PlatformEvent): void;
  /** How a request moves inside an instance. */
  trace(trace: LabTrace): void;
  say(text: string): void;
  /** What held an instance is taken away, though nothing of it may have run. */
  gone(instance: string): void;
  /** Requests that wait for an instance that is gone, or were sent to nobody, have failed. */
  readonly instances: ReadonlyMap<string, InstanceRecord>;
  readonly requests: Tail<RequestRecord>;
  readonly log: Tail<LogRecord>;
  /** What Knative's autoscaler saw and decided, by revision. */
  readonly curves: ReadonlyMap<string, Tail<Tick>>;
  readonly answered: number;
  readonly failed: number;
  /** Another map: the reader has changed the code. */
  redraw(map: StageMap): void;
}

export const LOG_LINES = 500;
/** Thirty seconds of a hundred requests each, which is what the time line shows. */
export const REQUESTS_KEPT = 3_000;
/** Two minutes of a tick every two seconds, and as many more. */
const TICKS_KEPT = 120;
/** Instances that ended stay on the time line; the oldest go first. */
const ENDED_KEPT = 60;

export interface HistoryOptions {
  map: StageMap;
  /** Real milliseconds, from any start. */
  now(): number;
  onRequest?(request: RequestRecord): void;
}

/**
 * Keeps what happens on a platform for those who show it. Times are real ones: the platform's clock
 * may be paused or put forward.
 *
 * @example
 * const history = createHistory({ map, now: () => performance.now() });
 * await createLabDeployment({ emit: history.record, onTrace: history.trace, ...options });
 */
export function createHistory({ map, now, onRequest }: HistoryOptions): History {
  const instances = new Map<string, InstanceRecord>();
  const requests = createTail<RequestRecord>(REQUESTS_KEPT);
  const log = createTail<LogRecord>(LOG_LINES);
  const curves = new Map<string, Tail<Tick>>();
  /** Requests without an answer, by the platform's id. */
  const open = new Map<string, RequestRecord>();
  let answered = 0;
  let failed = 0;
  let at = map;

  function go(request: RequestRecord, to: string | undefined): void {
    if (to === undefined) return;
    request.route.push(...at.way(request.route.at(-1) ?? at.start, to));
  }

  function settle(request: RequestRecord, status: number | undefined): void {
    open.delete(request.id);
    request.end = { at: now(), status };
    if (status === undefined) failed += 1;
    else answered += 1;
    leave(request);
  }

  function enter(request: RequestRecord, id: string): void {
    request.instance = id;
    const instance = instances.get(id);
    if (!instance) return;
    instance.busy += 1;
    instance.state = 'busy';
  }

  function leave({ instance: id }: RequestRecord): void {
    const instance = id === undefined ? undefined : instances.get(id);
    if (!instance || instance.busy === 0) return;
    instance.busy -= 1;
    instance.served += 1;
    if (instance.busy === 0 && instance.state === 'busy') instance.state = 'idle';
  }

  function end(id: string, reason: StopReason): void {
    const instance = instances.get(id);
    if (!instance) return;
    Object.assign(instance, { state: 'stopped', stoppedAt: now(), reason });
    const ended = [...instances.values()].filter(({ state }) => state === 'stopped');
    for (const old of ended.slice(0, -ENDED_KEPT)) instances.delete(old.id);
    // A platform may still answer for an instance that is gone: what it does not answer has failed.
    for (const request of [...open.values()].filter((each) => each.instance === id))
      setTimeout(() => {
        if (open.has(request.id)) settle(request, undefined);
      });
  }

  function begin(id: string, service: string): InstanceRecord {
    const startedAt = now();
    // Of a program that is started again in its place, what it has answered counts on.
    const served = instances.get(id)?.served ?? 0;
    const made: InstanceRecord = { id, service, startedAt, state: 'starting', served, busy: 0 };
    instances.set(id, made);
    return made;
  }

  function note(instance: string, text: string, stream: LogRecord['stream'] = 'stdout'): void {
    log.push({ at: now(), instance, stream, text });
  }

  function isDown(service: string): boolean {
    const known = [...instances.values()].filter((instance) => instance.service === service);
    return known.length > 0 && known.every(({ state }) => state === 'stopped');
  }

  return {
    instances,
    requests,
    log,
    curves,
    get answered() {
      return answered;
    },
    get failed() {
      return failed;
    },
    gone(id) {
      if (instances.get(id)?.state !== 'stopped') end(id, 'deleted');
    },
    redraw: (changed) => void (at = changed),
    say: (text) => log.push({ at: now(), instance: undefined, stream: 'lab', text }),
    record(event) {
      switch (event.type) {
        case 'request': {
          const { request: id, method, path } = event;
          const request: RequestRecord = {
            ...{ id, method, path, sentAt: now() },
            ...{ route: [at.start], calls: [] },
          };
          requests.push(request);
          open.set(id, request);
          if (isDown(event.to)) settle(request, undefined);
          onRequest?.(request);
          break;
        }
        case 'hop': {
          const request = open.get(event.request);
          if (!request) break;
          const place = at.place(event.to, instances.get(event.to)?.service);
          // The first way of a request from inside begins where a program asks, not at the browser.
          const caller = event.from === at.start ? undefined : at.caller(event.from);
          if (request.route.length === 1 && caller !== undefined)
            request.route.splice(0, 1, caller, event.from);
          go(request, place);
          if (instances.has(event.to)) enter(request, event.to);
          break;
        }
        case 'response': {
          const request = open.get(event.request);
          if (!request) break;
          if (event.status < 400) request.route.push(...at.onward(request.route.at(-1) ?? ''));
          settle(request, event.status);
          break;
        }
        case 'instance-starting':
          begin(event.instance, event.service);
          break;
        case 'instance-ready': {
          const instance = instances.get(event.instance);
          if (!instance) break;
          instance.readyAt ??= now();
          if (instance.state === 'starting') instance.state = 'idle';
          break;
        }
        case 'instance-stopped':
          end(event.instance, event.reason);
          break;
        case 'log': {
          const { instance, stream, text } = event;
          log.push({ at: now(), instance, stream, text });
          break;
        }
        case 'cache': {
          // On the diagram the hop to the origin, or none, shows it.
          const { node, outcome } = event;
          const path = open.get(event.request)?.path ?? '';
          note(node, `${outcome} ${path}`);
          break;
        }
        case 'instance-waiting': {
          const { instance: id, service, reason, message } = event;
          const known = instances.get(id) ?? begin(id, service);
          Object.assign(known, { state: 'waiting', waitsFor: reason, stoppedAt: undefined });
          note(id, `${reason}: ${message}`, 'stderr');
          break;
        }
        case 'probe-failed':
          note(event.instance, event.message, 'stderr');
          break;
        case 'scaled':
          note(event.service, `from ${event.from} to ${event.to}: ${event.reason}`);
          break;
        case 'endpoints-changed':
          note(event.service, `requests go to ${event.instances.join(', ') || 'nobody'}`);
          break;
        case 'autoscaled': {
          const { revision, desired, stable, panic, target } = event;
          const ticks = curves.get(revision) ?? createTail<Tick>(TICKS_KEPT);
          const [before] = ticks.last(1);
          curves.set(revision, ticks);
          ticks.push(event);
          if (before?.desired !== desired)
            note(
              revision,
              `wants ${desired} pods: ${stable} (60 s), ${panic} (6 s), target ${target}`,
            );
          break;
        }
        case 'revision-changed': {
          const { revision, ready, reason, message } = event;
          if (ready === 'False')
            note(revision, `${reason ?? 'failed'}: ${message ?? ''}`, 'stderr');
          else note(revision, ready === 'True' ? 'is ready' : 'is not ready yet');
          break;
        }
        case 'traffic-changed': {
          const shares = event.targets.map(({ revision, percent }) => `${revision} ${percent} %`);
          note(event.service, `requests go to ${shares.join(', ')}`);
          break;
        }
        case 'path-changed':
          note(event.revision, `the activator is ${event.activator ? 'in' : 'out of'} the path`);
          break;
        case 'request-held':
          note(event.revision, `${event.request} is held: ${event.waiting} wait`);
          break;
        // Told by the instances themselves, or by the response that follows.
        case 'throttled':
        case 'timed-out':
          break;
      }
    },
    trace(trace) {
      const request = requestOf(trace);
      if (!request) return;
      // What keeps the data is the end of the way, on a disk or at a service.
      if (trace.kind !== 'middleware') {
        // A service of the same cluster: the request that it gets tells of itself.
        if (trace.kind === 'call' && trace.to.endsWith('.cluster.local')) return;
        // A page's own files are on the disk too, and not the data.
        const isPage = trace.kind === 'disk' && trace.path.includes('/public/');
        go(request, isPage ? at.pages : at.disk);
        return;
      }
      if (trace.phase === 'end') return;
      const { name, file } = trace;
      const node = at.handler(name, request.route, file);
      if (node !== request.route.at(-1)) go(request, node);
      request.calls.push({ name, node: node ?? request.route.at(-1) ?? at.start });
    },
  };

  /** A trace that names no request belongs to the only one that its instance works on. */
  function requestOf(trace: LabTrace): RequestRecord | undefined {
    if (trace.request !== undefined) return open.get(trace.request);
    const own = [...open.values()].filter(({ instance }) => instance === trace.instance);
    return own.length === 1 ? own[0] : undefined;
  }
}
