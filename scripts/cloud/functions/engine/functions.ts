import type { Clock } from '../../shared/clock.ts';
import { LATE, withDeadline } from '../../shared/deadline.ts';
import type { Host, Program } from '../../shared/instance.ts';
import { unknownInstance } from '../../shared/platform-errors.ts';
import type { Platform, ProductOptions } from '../../shared/platform.ts';
import type { SkippableClock } from '../../shared/skippable-clock.ts';
import { type Tell, traced } from '../../shared/traced-request.ts';
import { createRequest, createResponse } from '../../shared/web-messages.ts';
import type { Cloud, FunctionError, Problem, TriggerRequest } from '../core/cloud.ts';
import { FC } from '../core/fc/cloud.ts';
import { IDLE_MS } from '../core/limits.ts';
import type { FunctionSpec, Manifest } from '../core/manifest.ts';
import { toHttp } from '../core/response.ts';
import { resolve } from '../core/routes.ts';
import type { FunctionContext, FunctionFault } from '../runtime/protocol.ts';
import type { FunctionInstance } from './function-instance.ts';
import { createFunctionPool, type FunctionPool, type InvocationOutcome } from './function-pool.ts';
import { createRequestId } from './request-id.ts';

/** The account that owns every function here; twelve digits and more in the cloud. */
const ACCOUNT_ID = '1000000000000000';

/** What went wrong in a function, by the part of it that failed. */
const FAULTS: Readonly<Record<FunctionFault, Problem>> = {
  module: 'moduleFailed',
  missing: 'handlerMissing',
  handler: 'handlerFailed',
};

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
  /** Whose functions they are; Function Compute's by default. */
  readonly cloud?: Cloud;
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

/** A function platform on one machine. */
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
  const { manifest, clock, emit, cloud = FC } = options;
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
      cloud,
      host: options.host,
      clock,
      requestClock: options.requestClock,
      tell,
      idle: options.idle ?? IDLE_MS,
      cap: spec.reserved ?? options.instanceCap ?? cloud.instanceCap,
      environment: (instance) => ({
        ...cloud.environment(spec, { accountId: ACCOUNT_ID, instance }),
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
      toErrorResponse(cloud, problem, { errorMessage }, requestId);
    if (closing) return refuse('closing', `the local ${cloud.name} is closing`);
    const url = new URL(request.url);
    const { method, headers } = request;
    const target = { host: url.hostname, path: url.pathname, method };
    const route = resolve(manifest, target, cloud.ownDomain);
    if ('problem' in route) return refuse(route.problem, route.message);
    const body = new Uint8Array(await request.arrayBuffer());
    const triggered: TriggerRequest = { method, url, headers, body, sourceIp };
    const tooLarge = cloud.oversize(triggered);
    if (tooLarge) return refuse('badRequest', tooLarge);

    const context = { requestId, accountId: ACCOUNT_ID, now: clock.now() };
    const event = JSON.stringify(cloud.toEvent(triggered, context));
    const pool = pools.get(route.function.name);
    if (!pool) return refuse('noSuchFunction', `no function "${route.function.name}"`);
    const outcome = await pool.invoke(event, requestId, id);
    const response = toResponse(cloud, outcome, requestId, method);
    // Which is why a page needs a custom domain: a browser downloads it here instead of showing it.
    if (route.domain === 'default' && cloud.ownDomainDownloads)
      response.headers.set('content-disposition', 'attachment');
    return response;
  }

  async function handle(request: Request, sourceIp: string): Promise<Response> {
    const id = `r${++requests}`;
    const requestId = createRequestId(cloud, clock.now());
    return traced(request, { id, to: 'trigger', clock, tell }, async () => {
      tell({ type: 'hop', request: id, from: 'browser', to: 'trigger' });
      const response = await answer(request, sourceIp, id, requestId);
      response.headers.set(cloud.requestIdHeader, requestId);
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

function toResponse(
  cloud: Cloud,
  outcome: InvocationOutcome,
  requestId: string,
  method: string,
): Response {
  const failed = (problem: Problem, error: FunctionError): Response =>
    toErrorResponse(cloud, problem, error, requestId);
  switch (outcome.kind) {
    case 'done': {
      const bytes = new TextEncoder().encode(outcome.result).length;
      const { most } = cloud.answers;
      if (most !== undefined && bytes > most) {
        const errorMessage = `the result has ${bytes} bytes, at most ${most} are allowed`;
        return failed('responseTooLarge', { errorMessage });
      }
      const parts = toHttp(outcome.result, cloud.answers);
      if (typeof parts === 'string') return failed('badResponse', { errorMessage: parts });
      const { status, body } = parts;
      const headers = new Headers(parts.headers.map(([name, value]) => [name, value]));
      if (method === 'HEAD' || BODYLESS.has(status))
        return createResponse(null, { status, headers });
      headers.set('content-length', String(body.length));
      return createResponse(body, { status, headers });
    }
    case 'throttled': {
      const errorMessage = `all ${outcome.limit} instances of the function are busy`;
      return failed('throttled', { errorMessage });
    }
    case 'notStarted':
      return failed('startTimedOut', outcome.error);
    case 'notInitialized':
      return failed('initializerFailed', outcome.error);
    case 'failed':
      return failed(FAULTS[outcome.fault], outcome.error);
    case 'timedOut':
      return failed('timedOut', outcome.error);
    case 'exited':
      return failed(outcome.outOfMemory ? 'outOfMemory' : 'instanceExited', outcome.error);
  }
}

function toErrorResponse(
  cloud: Cloud,
  problem: Problem,
  error: FunctionError,
  requestId: string,
): Response {
  const { body, status, headers } = cloud.errorAnswer(problem, error, requestId);
  return new Response(body, { status, headers });
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
