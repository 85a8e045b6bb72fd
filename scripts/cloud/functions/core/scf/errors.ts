import type { ErrorAnswer, FunctionError, Problem } from '../cloud.ts';

interface Row {
  readonly status: number;
  /** What is said; without it the error's own message is. */
  readonly message?: string;
}

const INTERNAL: Row = { status: 500, message: 'InternalError' };

/**
 * Status codes and their messages as documented (cloud.tencent.com/document/product/583/42611). A function URL
 * names no methods and a function has no initializer, so nothing can go wrong with them.
 */
const ROWS: Readonly<Record<Problem, Row>> = {
  badRequest: { status: 406, message: 'RequestTooLarge' },
  methodNotAllowed: INTERNAL,
  noSuchFunction: { status: 435, message: 'FunctionNotFound' },
  throttled: { status: 432, message: 'ResourceLimitReached' },
  startTimedOut: { status: 450, message: 'InitContainerTimeout' },
  initializerFailed: INTERNAL,
  moduleFailed: { status: 443, message: 'UserCodeError' },
  handlerMissing: { status: 437, message: 'HandlerNotFound' },
  handlerFailed: { status: 430, message: 'user code exception caught' },
  instanceExited: { status: 439, message: 'User process exit when running' },
  outOfMemory: { status: 434, message: 'MemoryLimitReached' },
  timedOut: { status: 433 },
  badResponse: { status: 403, message: 'Invalid scf response format' },
  responseTooLarge: { status: 407, message: 'The size of response exceeds the upper limit (6MB)' },
  closing: INTERNAL,
};

/**
 * The answer to a request that no function answered: always the same form, with the function's own error as
 * a stack (cloud.tencent.com/document/product/583/67790).
 *
 * @example errorAnswer('timedOut', lateError(3), id).status // 433
 */
export function errorAnswer(
  problem: Problem,
  error: FunctionError,
  requestId: string,
): ErrorAnswer {
  const { status, message } = ROWS[problem];
  const stackTrace = message === undefined ? undefined : stackOf(error);
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      errorCode: -1,
      errorMessage: message ?? error.errorMessage,
      requestId,
      stackTrace,
      statusCode: status,
    }),
  };
}

/**
 * What a function's caller is told when its time was up.
 *
 * @example lateError(3).errorMessage // 'Invoking task timed out after 3 seconds'
 */
export function lateError(seconds: number): FunctionError {
  return { errorMessage: `Invoking task timed out after ${seconds} seconds` };
}

function stackOf({ errorMessage, errorType, stackTrace = [] }: FunctionError): string {
  const first = errorType === undefined ? errorMessage : `${errorType}: ${errorMessage}`;
  return [first, ...stackTrace].join('\n');
}
