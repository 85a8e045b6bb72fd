import { ApiError } from '../api-error.ts';

/** What the SDK throws: `code` is the HTTP status, or a word when there was no answer. */
interface SdkError extends Error {
  readonly code?: number | string;
}

/**
 * Whether a write did not happen because its row was not as expected.
 *
 * @example conditionFailed(error) // true
 */
export function conditionFailed(error: unknown): boolean {
  return (error as SdkError).message.includes('OTSConditionCheckFail');
}

// #region unreachable
/**
 * What a client is told when the table did not do what it was asked: never a made-up answer, always 503.
 *
 * @example tableError(Object.assign(new Error('connect ECONNREFUSED'), { code: 'NetworkingError' })).code // 'TABLE_UNREACHABLE'
 */
export function tableError(error: unknown): ApiError {
  const { code, message } = error as SdkError;
  // The SDK's own error carries the answer's bytes and headers: the log needs one line of it.
  const cause = `${code ?? 'no code'}: ${message.replaceAll(/[^\x20-\x7e]+/g, ' ').trim()}`;
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/.test(message)) {
    const what = 'the table cannot be reached; nothing was changed';
    return new ApiError(503, 'TABLE_UNREACHABLE', what, { cause });
  }
  // #region silent
  // The call was on its way: the table may have heard it.
  if (code === 'NetworkingError' || code === 'TimeoutError' || /OTSTimeout/.test(message)) {
    const what =
      'the table did not answer, so nobody knows whether a change was made: read the list again, or send the same Idempotency-Key again';
    return new ApiError(503, 'TABLE_SILENT', what, { cause });
  }
  // #endregion silent
  if (/OTSObjectNotExist|OTSTableNotReady/.test(message)) {
    const what = 'the table is still being made; nothing was changed';
    return new ApiError(503, 'TABLE_NOT_READY', what, { cause });
  }
  return new ApiError(503, 'TABLE_FAILED', 'the table refused; nothing was changed', { cause });
}
// #endregion unreachable
