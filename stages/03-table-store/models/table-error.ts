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
export function tableError(cause: unknown): ApiError {
  const { code, message } = cause as SdkError;
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/.test(message))
    return new ApiError(
      503,
      'TABLE_UNREACHABLE',
      'the table cannot be reached; nothing was changed',
      {
        cause,
      },
    );
  // #region silent
  // The call was on its way: the table may have heard it.
  if (code === 'NetworkingError' || code === 'TimeoutError')
    return new ApiError(
      503,
      'TABLE_SILENT',
      'the table did not answer, so nobody knows whether a change was made: read the list again, or send the same Idempotency-Key again',
      { cause },
    );
  // #endregion silent
  if (/OTSObjectNotExist|OTSTableNotReady/.test(message))
    return new ApiError(
      503,
      'TABLE_NOT_READY',
      'the table is still being made; nothing was changed',
      {
        cause,
      },
    );
  return new ApiError(503, 'TABLE_FAILED', 'the table refused; nothing was changed', { cause });
}
// #endregion unreachable
