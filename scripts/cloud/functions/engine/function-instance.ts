import type { Clock } from '../../shared/clock.ts';
import { LATE, withDeadline } from '../../shared/deadline.ts';
import type { StopReason } from '../../shared/events.ts';
import type { Host, Instance, Program } from '../../shared/instance.ts';
import type { Tell } from '../../shared/traced-request.ts';
import type { Cloud, FunctionError } from '../core/cloud.ts';
import { SECOND_MS } from '../core/limits.ts';
import type { FunctionSpec, Hook } from '../core/manifest.ts';
import type { Member } from '../core/pool.ts';
import {
  contextHeaders,
  FAULT_HEADER,
  type FunctionContext,
  type FunctionFault,
  isFault,
  PATHS,
  STATUS,
} from '../runtime/protocol.ts';

/** How long an instance may take to end after SIGTERM. */
const STOP_GRACE_MS = 1_000;

/** How Node ends when the heap has reached its limit. */
const OUT_OF_MEMORY_SIGNAL = 'SIGABRT';

/** How a call into an instance ended. */
export type CallOutcome =
  | { readonly kind: 'done'; readonly result: string }
  | { readonly kind: 'failed'; readonly error: FunctionError; readonly fault: FunctionFault }
  | { readonly kind: 'timedOut'; readonly error: FunctionError }
  | { readonly kind: 'exited'; readonly error: FunctionError; readonly outOfMemory: boolean };

/** What an instance needs of its surroundings. */
export interface InstanceSetting {
  readonly cloud: Cloud;
  readonly host: Host;
  /** The platform's time, which can be skipped. */
  readonly clock: Clock;
  /** Real time: what a function may take cannot be skipped. */
  readonly requestClock: Clock;
  readonly tell: Tell;
}

/** One instance of a function: started for a request, kept for the next ones. */
export interface FunctionInstance extends Member {
  /** Its function's key in the manifest. */
  readonly service: string;
  readonly served: number;
  /** Resolves when its process is gone. */
  readonly ended: Promise<void>;
  /** Waits until the runtime listens. */
  start(): Promise<CallOutcome>;
  /** Runs the initializer, once in its life. */
  initialize(hook: Hook, context: FunctionContext): Promise<CallOutcome>;
  /** Runs the handler with an event. A time-out kills this instance and no other. */
  invoke(event: string, context: FunctionContext, request: string): Promise<CallOutcome>;
  /** PreStop, then SIGTERM. */
  stop(reason: StopReason, context: FunctionContext): Promise<void>;
  kill(reason: StopReason): Promise<void>;
}

/**
 * Starts an instance of a function.
 *
 * @example const instance = startInstance('web-1', spec, program, environment, setting, 'r1');
 */
export function startInstance(
  id: string,
  spec: FunctionSpec,
  program: Program,
  environment: Readonly<Record<string, string>>,
  setting: InstanceSetting,
  request: string,
): FunctionInstance {
  const { cloud, host, clock, requestClock, tell } = setting;
  const service = spec.id;
  const begun = clock.now();
  let state: Member['state'] = 'starting';
  let idleSince = begun;
  let served = 0;
  let ending: StopReason | undefined;
  let outOfMemory = false;

  tell({ type: 'instance-starting', instance: id, service, request });
  const instance: Instance = host.start(program, {
    id,
    environment: { ...environment, PORT: '0' },
    disk: 'read-only',
    onLog: (line) => tell({ type: 'log', instance: id, ...line }),
  });
  const ended = instance.exited.then(({ code, signal }) => {
    state = 'stopping';
    outOfMemory = signal === OUT_OF_MEMORY_SIGNAL;
    tell({ type: 'instance-stopped', instance: id, service, reason: ending ?? 'crashed', code });
  });

  async function kill(reason: StopReason): Promise<void> {
    state = 'stopping';
    ending ??= reason;
    await instance.kill();
    await ended;
  }

  /** Sends one call to the runtime and tells apart the ways in which it can end. */
  async function call(
    path: string,
    context: FunctionContext,
    seconds: number,
    body?: string,
  ): Promise<CallOutcome> {
    const work = send(instance, path, context, body);
    try {
      const answer = await withDeadline(requestClock, seconds * SECOND_MS, work);
      return answer === LATE ? { kind: 'timedOut', error: cloud.lateError(seconds) } : answer;
    } catch {
      // The connection broke, which means that the process is ending: how is known in a moment.
      await withDeadline(requestClock, STOP_GRACE_MS, ended);
      return { kind: 'exited', error: EXITED, outOfMemory };
    }
  }

  return {
    id,
    service,
    ended,
    get state() {
      return state;
    },
    get idleSince() {
      return idleSince;
    },
    get served() {
      return served;
    },
    async start() {
      const seconds = spec.startTimeout ?? cloud.startTimeout;
      try {
        const port = await withDeadline(requestClock, seconds * SECOND_MS, instance.listening);
        if (port !== LATE) return { kind: 'done', result: '' };
      } catch (error) {
        await ended;
        return { kind: 'exited', error: { errorMessage: (error as Error).message }, outOfMemory };
      }
      await kill('timeout');
      return { kind: 'timedOut', error: cloud.lateError(seconds) };
    },
    async initialize(hook, context) {
      const outcome = await call(PATHS.initialize, context, hook.timeout);
      if (outcome.kind !== 'done') await kill(outcome.kind === 'timedOut' ? 'timeout' : 'crashed');
      return outcome;
    },
    async invoke(event, context, forRequest) {
      if (state === 'starting') {
        const milliseconds = clock.now() - begun;
        tell({ type: 'instance-ready', instance: id, service, milliseconds });
      }
      state = 'busy';
      tell({ type: 'hop', request: forRequest, from: 'trigger', to: id });
      const outcome = await call(PATHS.invoke, context, spec.timeout, event);
      served += 1;
      if (outcome.kind === 'timedOut') {
        const milliseconds = spec.timeout * SECOND_MS;
        tell({ type: 'timed-out', request: forRequest, instance: id, milliseconds });
        await kill('timeout');
      }
      if (outcome.kind === 'exited') await kill('crashed');
      if (state === 'busy') {
        state = 'idle';
        idleSince = clock.now();
      }
      return outcome;
    },
    async stop(reason, context) {
      state = 'stopping';
      ending ??= reason;
      if (spec.preStop) await call(PATHS.preStop, context, spec.preStop.timeout);
      await instance.stop(STOP_GRACE_MS);
      await ended;
    },
    kill,
  };
}

const EXITED: FunctionError = {
  errorMessage: 'Process exited unexpectedly before completing request',
};

async function send(
  instance: Instance,
  path: string,
  context: FunctionContext,
  body: string | undefined,
): Promise<CallOutcome> {
  const response = await instance.fetch(
    new Request(`http://runtime.localhost${path}`, {
      method: path === PATHS.preStop ? 'GET' : 'POST',
      headers: contextHeaders(context, path),
      ...(body !== undefined && { body }),
    }),
  );
  const text = await response.text();
  if (response.status === STATUS.done) return { kind: 'done', result: text };
  const fault = response.headers.get(FAULT_HEADER);
  return {
    kind: 'failed',
    error: JSON.parse(text) as FunctionError,
    fault: isFault(fault) ? fault : 'handler',
  };
}
