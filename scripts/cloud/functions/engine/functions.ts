import type { Clock } from '../../shared/clock.ts';
import type { Host, Program } from '../../shared/instance.ts';
import { unknownInstance } from '../../shared/platform-errors.ts';
import type { Platform, ProductOptions } from '../../shared/platform.ts';
import type { SkippableClock } from '../../shared/skippable-clock.ts';
import { type Tell, traced } from '../../shared/traced-request.ts';
import { createRequest, createResponse } from '../../shared/web-messages.ts';
import { errorAnswer, type FunctionError, type Problem } from '../core/errors.ts';
import { oversize, toEvent, type TriggerRequest } from '../core/event.ts';
import { IDLE_MS, INSTANCE_CAP } from '../core/limits.ts';
import type { FunctionSpec, Manifest } from '../core/manifest.ts';
import { toHttp } from '../core/response.ts';
import { resolve } from '../core/routes.ts';
import type { FunctionContext } from '../runtime/protocol.ts';
import { LATE, withDeadline } from './deadline.ts';
import type { FunctionInstance } from './function-instance.ts';
import { createFunctionPool, type FunctionPool, type InvocationOutcome } from './function-pool.ts';
import { createRequestId } from './request-id.ts';

/** The account that owns every function here; twelve digits and more in the cloud. */
const ACCOUNT_ID = '1000000000000000';

/** Answers that have no body whatever the function says (RFC 9110, 15.3.5, 15.3.6, 15.4.5). */
const BODYLESS = new Set([204, 205, 304]);

/** How long a closing platform waits for busy instances, in milliseconds; a reader waits for it after Ctrl-C. */
const CLOSE_GRACE_MS = 2_000;

/** What runs a function: the built-in runtime, and what it takes from the environment. */
export interface RuntimeProgram {
  readonly program: Program;
  readonly environment: Readonly<Record<string, string>>;
}

export interface FunctionsOptions extends ProductOptions {
  readonly manifest: Manifest;
  readonly host: Host;
  programFor(spec: FunctionSpec): RuntimeProgram;
  readonly clock: SkippableClock;
  /** Real time, for time-outs. */
  readonly requestClock: Clock;
  /** Variables beside those of the manifest, for every function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How long an instance is kept without a request, in milliseconds; 5 minutes by default. */
  readonly idle?: number;
  /** How many instances of a function run at once; 100 by default. */
  readonly instanceCap?: number;
}

/** Function Compute on one machine. */
export interface Functions extends Platform {
  /** Answers a request to any of its domains; the host of the URL says which. */
  handle(request: Request, sourceIp: string): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Runs the functions of a manifest behind their HTTP triggers and domains.
 *
 * @example
 * const functions = createFunctions({ manifest, host, programFor, clock, requestClock: systemClock, emit });
 * const response = await functions.fetch('/api/rule');
 */
export function createFunctions(options: FunctionsOptions): Functions {
  const { manifest, clock, emit } = options;
  const tell: Tell = (change) => emit({ at: clock.now(), ...change });
  const pools = new Map(manifest.functions.map((spec) => [spec.name, createPool(spec)]));
  let deployed: Readonly<Record<string, string>> = {};
  let requests = 0;
  let closing = false;

  function createPool(spec: FunctionSpec): FunctionPool {
    const { program, environment } = options.programFor(spec);
    return createFunctionPool({
      spec,
      program,
      host: options.host,
      clock,
      requestClock: options.requestClock,
      tell,
      idle: options.idle ?? IDLE_MS,
      cap: spec.reserved ?? options.instanceCap ?? INSTANCE_CAP,
      environment: () => ({
        ...runtimeEnvironment(spec),
        ...environment,
        ...spec.environment,
        ...options.environment,
        ...deployed,
      }),
      context: (requestId) => contextOf(spec, requestId),
    });
  }

  async function answer(
    request: Request,
    sourceIp: string,
    id: string,
    requestId: string,
  ): Promise<Response> {
    const refuse = (problem: Problem, errorMessage: string): Response =>
      toErrorResponse(problem, { errorMessage }, requestId);
    if (closing) return refuse('closing', 'the local Function Compute is closing');
    const url = new URL(request.url);
    const { method, headers } = request;
    const route = resolve(manifest, { host: url.hostname, path: url.pathname, method });
    if ('problem' in route) return refuse(route.problem, route.message);
    const body = new Uint8Array(await request.arrayBuffer());
    const triggered: TriggerRequest = { method, url, headers, body, sourceIp };
    const tooLarge = oversize(triggered);
    if (tooLarge) return refuse('badRequest', tooLarge);

    const context = { requestId, accountId: ACCOUNT_ID, now: clock.now() };
    const event = JSON.stringify(toEvent(triggered, context));
    const pool = pools.get(route.function.name);
    if (!pool) return refuse('noSuchFunction', `no function "${route.function.name}"`);
    const response = toResponse(await pool.invoke(event, requestId, id), requestId, method);
    // Which is why a page needs a custom domain: a browser downloads it here instead of showing it.
    if (route.domain === 'default') response.headers.set('content-disposition', 'attachment');
    return response;
  }

  async function handle(request: Request, sourceIp: string): Promise<Response> {
    const id = `r${++requests}`;
    const requestId = createRequestId(clock.now());
    return traced(request, { id, to: 'trigger', clock, tell }, async () => {
      tell({ type: 'hop', request: id, from: 'browser', to: 'trigger' });
      const response = await answer(request, sourceIp, id, requestId);
      response.headers.set('x-fc-request-id', requestId);
      return response;
    });
  }

  const all = [...pools.values()];
  const instances = (): FunctionInstance[] => all.flatMap((pool) => pool.instances());

  async function killAll(reason: 'killed' | 'shut-down'): Promise<void> {
    await Promise.all(instances().map((instance) => instance.kill(reason)));
  }

  return {
    handle,
    fetch: (path, init) =>
      handle(createRequest(new URL(path, 'http://localhost'), init), '127.0.0.1'),
    async restart() {
      await Promise.all(all.map((pool) => pool.replace('shut-down')));
    },
    async kill(id) {
      if (id === undefined) return killAll('killed');
      const found = instances().find((instance) => instance.id === id);
      if (!found) throw unknownInstance(id);
      await found.kill('killed');
    },
    async wait(milliseconds) {
      await clock.skip(milliseconds);
      await Promise.all(all.map((pool) => pool.settled()));
    },
    instances: () =>
      instances().map(({ id, service, state, served }) => ({
        id,
        service,
        state: state === 'stopping' ? 'stopped' : state,
        served,
      })),
    async redeploy(environment) {
      deployed = environment;
      await Promise.all(all.map((pool) => pool.replace('redeployed')));
    },
    async close() {
      closing = true;
      const ended = Promise.all(all.map((pool) => pool.replace('shut-down')));
      if ((await withDeadline(options.requestClock, CLOSE_GRACE_MS, ended)) === LATE)
        await killAll('shut-down');
    },
  };
}

function toResponse(outcome: InvocationOutcome, requestId: string, method: string): Response {
  switch (outcome.kind) {
    case 'done': {
      const parts = toHttp(outcome.result);
      if (typeof parts === 'string') {
        return toErrorResponse('badResponse', { errorMessage: parts }, requestId);
      }
      const { status, body } = parts;
      const headers = new Headers(parts.headers.map(([name, value]) => [name, value]));
      if (method === 'HEAD' || BODYLESS.has(status))
        return createResponse(null, { status, headers });
      headers.set('content-length', String(body.length));
      return createResponse(body, { status, headers });
    }
    case 'throttled': {
      const errorMessage = `all ${outcome.limit} instances of the function are busy`;
      return toErrorResponse('throttled', { errorMessage }, requestId);
    }
    case 'notInitialized':
      return toErrorResponse('initializerFailed', outcome.error, requestId);
    case 'failed':
      return toErrorResponse('handlerFailed', outcome.error, requestId);
    case 'timedOut':
      return toErrorResponse('timedOut', outcome.error, requestId);
    case 'exited':
      return toErrorResponse('instanceExited', outcome.error, requestId);
  }
}

function toErrorResponse(problem: Problem, error: FunctionError, requestId: string): Response {
  const { body, status, headers } = errorAnswer(problem, error, requestId);
  return new Response(body, { status, headers });
}

/** Variables that Function Compute sets for every instance. */
function runtimeEnvironment(spec: FunctionSpec): Record<string, string> {
  return {
    TZ: 'UTC',
    FC_ACCOUNT_ID: ACCOUNT_ID,
    FC_REGION: spec.region,
    FC_FUNCTION_NAME: spec.name,
    FC_FUNCTION_HANDLER: spec.handler,
    FC_FUNCTION_MEMORY_SIZE: String(spec.memory),
  };
}

function contextOf(spec: FunctionSpec, requestId: string): FunctionContext {
  return {
    requestId,
    // Local stand-ins: nothing here is a key to anything.
    credentials: { accessKeyId: 'local', accessKeySecret: 'local', securityToken: 'local' },
    function: {
      name: spec.name,
      handler: spec.handler,
      memory: spec.memory,
      timeout: spec.timeout,
    },
    region: spec.region,
    accountId: ACCOUNT_ID,
  };
}
