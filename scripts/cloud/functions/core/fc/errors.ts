import type { ErrorAnswer, FunctionError, Problem } from '../cloud.ts';

interface Row {
  readonly status: number;
  /** The header X-Fc-Error-Type. */
  readonly type: string;
  /** Set for errors of the platform: `Code` in the body. */
  readonly code?: string;
}

/** A function that failed, in whichever way. */
const FAILED: Row = { status: 502, type: 'UnhandledInvocationError' };
const LATE: Row = { status: 504, type: 'FunctionTimeoutError' };

/**
 * 400, 403, 404, 429 and 502 as documented for HTTP functions (help.aliyun.com/document_detail/85445.html);
 * 200 for a failed initializer as documented for instance lifecycles. The documents name no status for a
 * time-out behind an HTTP trigger: 504 is our choice.
 */
const ROWS: Readonly<Record<Problem, Row>> = {
  badRequest: { status: 400, type: 'FcCommonError', code: 'InvalidArgument' },
  methodNotAllowed: { status: 403, type: 'FcCommonError', code: 'MethodNotAllowed' },
  noSuchFunction: { status: 404, type: 'FcCommonError', code: 'FunctionNotFound' },
  throttled: { status: 429, type: 'FcCommonError', code: 'ResourceExhausted' },
  startTimedOut: LATE,
  initializerFailed: { status: 200, type: 'InitializationError' },
  moduleFailed: FAILED,
  handlerMissing: FAILED,
  handlerFailed: FAILED,
  instanceExited: FAILED,
  outOfMemory: FAILED,
  timedOut: LATE,
  badResponse: FAILED,
  responseTooLarge: FAILED,
  closing: { status: 503, type: 'FcCommonError', code: 'ServiceUnavailable' },
};

/**
 * The answer to a request that no function answered. Errors of a function have its message and stack,
 * errors of the platform a code and the request's id.
 *
 * @example errorAnswer('throttled', { errorMessage: 'all 2 instances are busy' }, '1-65f0-9c').status // 429
 */
export function errorAnswer(
  problem: Problem,
  error: FunctionError,
  requestId: string,
): ErrorAnswer {
  const { status, type, code } = ROWS[problem];
  const body = code ? { RequestId: requestId, Code: code, Message: error.errorMessage } : error;
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-fc-error-type': type },
    body: JSON.stringify(body),
  };
}

/**
 * What a function's caller is told when its time was up.
 *
 * @example lateError(3).errorMessage // 'Function timed out after 3 seconds'
 */
export function lateError(seconds: number): FunctionError {
  return {
    errorMessage: `Function timed out after ${seconds} seconds`,
    errorType: 'FunctionTimeout',
  };
}
