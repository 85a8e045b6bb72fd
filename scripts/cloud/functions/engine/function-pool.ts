import type { StopReason } from '../../shared/events.ts';
import type { Program } from '../../shared/instance.ts';
import type { FunctionSpec } from '../core/manifest.ts';
import { decide, nextReclaim, reclaim } from '../core/pool.ts';
import type { FunctionContext } from '../runtime/protocol.ts';
import {
  type CallOutcome,
  type FunctionInstance,
  type InstanceSetting,
  startInstance,
} from './function-instance.ts';
import { createRequestId } from './request-id.ts';

/** How an invocation ended: as a call ends, or before there was an instance for it. */
export type InvocationOutcome =
  | CallOutcome
  | { readonly kind: 'throttled'; readonly limit: number }
  | { readonly kind: 'notStarted'; readonly error: { readonly errorMessage: string } }
  | { readonly kind: 'notInitialized'; readonly error: { readonly errorMessage: string } };

export interface FunctionPoolOptions extends InstanceSetting {
  readonly spec: FunctionSpec;
  readonly program: Program;
  /** How long an instance is kept without a request, in milliseconds of the platform's clock. */
  readonly idle: number;
  /** How many instances run at once. */
  readonly cap: number;
  /** The environment of an instance that starts now. */
  environment(instance: string): Readonly<Record<string, string>>;
  context(requestId: string): FunctionContext;
}

/** The instances of one function. */
export interface FunctionPool {
  invoke(event: string, requestId: string, request: string): Promise<InvocationOutcome>;
  instances(): readonly FunctionInstance[];
  /** Ends every instance: an idle one at once, a busy one when it has answered. */
  replace(reason: StopReason): Promise<void>;
  /** Resolves when every end that has begun is over. */
  settled(): Promise<void>;
}

/**
 * Keeps the instances of one function: starts, reuses and reclaims them as the core decides.
 *
 * @example const outcome = await createFunctionPool(options).invoke(JSON.stringify(event), requestId, 'r1');
 */
export function createFunctionPool(options: FunctionPoolOptions): FunctionPool {
  const { spec, clock, idle, cap } = options;
  const members = new Map<string, FunctionInstance>();
  /** Those that end as soon as they have answered, because they are replaced. */
  const retired = new Map<string, StopReason>();
  let starts = 0;
  let cancelReclaim = (): void => undefined;

  function start(request: string): FunctionInstance {
    const id = `${spec.id}-${++starts}`;
    const environment = options.environment(id);
    const instance = startInstance(id, spec, options.program, environment, options, request);
    members.set(id, instance);
    void instance.ended.then(() => {
      members.delete(id);
      retired.delete(id);
    });
    return instance;
  }

  function stop(instance: FunctionInstance, reason: StopReason): void {
    void instance.stop(reason, options.context(createRequestId(options.cloud, clock.now())));
  }

  /** Looks after an instance that has answered: it ends if it was replaced, else it waits for the next request. */
  function release(instance: FunctionInstance): void {
    const reason = retired.get(instance.id);
    if (reason && instance.state === 'idle') stop(instance, reason);
    planReclaim();
  }

  function planReclaim(): void {
    cancelReclaim();
    const due = nextReclaim([...members.values()], idle);
    if (due === undefined) return;
    cancelReclaim = clock.after(due - clock.now(), () => {
      for (const id of reclaim([...members.values()], idle, clock.now())) {
        const instance = members.get(id);
        if (instance) stop(instance, 'idle');
      }
      planReclaim();
    });
  }

  /** A new instance that has run its initializer, or how it failed. */
  async function startReady(
    context: FunctionContext,
    request: string,
  ): Promise<FunctionInstance | InvocationOutcome> {
    const instance = start(request);
    const started = await instance.start();
    if (started.kind === 'timedOut') return { kind: 'notStarted', error: started.error };
    if (started.kind !== 'done') return started;
    if (!spec.initializer) return instance;
    const initialized = await instance.initialize(spec.initializer, context);
    if (initialized.kind === 'done') return instance;
    return { kind: 'notInitialized', error: initialized.error };
  }

  async function allEnded(instances: Iterable<FunctionInstance>): Promise<void> {
    await Promise.all(Array.from(instances, ({ ended }) => ended));
  }

  return {
    async invoke(event, requestId, request) {
      const context = options.context(requestId);
      const decision = decide([...members.values()], cap);
      if (decision.kind === 'throttle') {
        options.tell({ type: 'throttled', request, service: spec.id, limit: decision.limit });
        return { kind: 'throttled', limit: decision.limit };
      }
      const kept = decision.kind === 'reuse' ? members.get(decision.id) : undefined;
      const instance = kept ?? (await startReady(context, request));
      if ('kind' in instance) return instance;
      const outcome = await instance.invoke(event, context, request);
      release(instance);
      return outcome;
    },
    instances: () => [...members.values()],
    async replace(reason) {
      const replaced = [...members.values()];
      for (const instance of replaced) {
        if (instance.state === 'idle') stop(instance, reason);
        else retired.set(instance.id, reason);
      }
      planReclaim();
      await allEnded(replaced);
    },
    settled: () => allEnded([...members.values()].filter(({ state }) => state === 'stopping')),
  };
}
