// How the platform talks to the runtime inside an instance: the contract of FC's custom runtimes.
// https://help.aliyun.com/en/functioncompute/fc-2-0/user-guide/custom-runtime-specification-details

export const PATHS = {
  initialize: '/initialize',
  invoke: '/invoke',
  preStop: '/pre-stop',
} as const;

/** A call's answer: 200, or 404 and the error as JSON when the function failed. */
export const STATUS = { done: 200, failed: 404 } as const;

/** The header of a failed call that says which part of the function failed. */
export const FAULT_HEADER = 'x-fc-fault';

const FAULTS = ['module', 'missing', 'handler'] as const;

/** A module that cannot be loaded, a handler that it does not export, a handler that failed. */
export type FunctionFault = (typeof FAULTS)[number];

/** Whether a header's text is one of the faults. */
export function isFault(text: string | null): text is FunctionFault {
  return FAULTS.some((fault) => fault === text);
}

/** What a function is told of itself and of the call, as its second argument. */
export interface FunctionContext {
  readonly requestId: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken: string;
  };
  /** Memory in megabytes, time-out in seconds. */
  readonly function: {
    readonly name: string;
    readonly handler: string;
    readonly memory: number;
    readonly timeout: number;
  };
  readonly region: string;
  readonly accountId: string;
}

/**
 * The headers that carry a context.
 *
 * @example new Request(url, { method: 'POST', headers: contextHeaders(context, '/invoke') })
 */
export function contextHeaders(context: FunctionContext, path: string): Record<string, string> {
  return {
    'x-fc-control-path': path,
    'x-fc-request-id': context.requestId,
    'x-fc-access-key-id': context.credentials.accessKeyId,
    'x-fc-access-key-secret': context.credentials.accessKeySecret,
    'x-fc-security-token': context.credentials.securityToken,
    'x-fc-function-name': context.function.name,
    'x-fc-function-handler': context.function.handler,
    'x-fc-function-memory': String(context.function.memory),
    'x-fc-function-timeout': String(context.function.timeout),
    'x-fc-region': context.region,
    'x-fc-account-id': context.accountId,
  };
}

/** Reads the context back from the headers of a call. */
export function readContext(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): FunctionContext {
  const read = (name: string): string => String(headers[name] ?? '');
  return {
    requestId: read('x-fc-request-id'),
    credentials: {
      accessKeyId: read('x-fc-access-key-id'),
      accessKeySecret: read('x-fc-access-key-secret'),
      securityToken: read('x-fc-security-token'),
    },
    function: {
      name: read('x-fc-function-name'),
      handler: read('x-fc-function-handler'),
      memory: Number(read('x-fc-function-memory')),
      timeout: Number(read('x-fc-function-timeout')),
    },
    region: read('x-fc-region'),
    accountId: read('x-fc-account-id'),
  };
}
