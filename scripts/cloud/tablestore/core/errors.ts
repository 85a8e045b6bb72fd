/**
 * Every code the emulator can answer, with its HTTP status
 * (https://www.alibabacloud.com/help/en/tablestore/developer-reference/error-codes).
 */
export const STATUS = {
  OTSParameterInvalid: 400,
  OTSInvalidPK: 400,
  OTSAuthFailed: 403,
  OTSConditionCheckFail: 403,
  OTSQuotaExhausted: 403,
  OTSObjectNotExist: 404,
  OTSTableNotReady: 404,
  OTSMethodNotAllowed: 405,
  OTSObjectAlreadyExist: 409,
  OTSRowOperationConflict: 409,
  OTSRequestBodyTooLarge: 413,
  OTSInternalServerError: 500,
  OTSServerBusy: 503,
  OTSPartitionUnavailable: 503,
  OTSTimeout: 503,
  OTSServerUnavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;

/**
 * What the service answers instead of a result; of one row in a batch it answers it beside the others.
 *
 * @example throw new TablestoreError('OTSConditionCheckFail', 'Condition check failed.');
 */
export class TablestoreError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'TablestoreError';
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/**
 * The commonest of them: the request says something that cannot be.
 *
 * @example throw invalid('Attribute column is missing.');
 */
export function invalid(message: string): TablestoreError {
  return new TablestoreError('OTSParameterInvalid', message);
}

/** What the service says of the states that the emulator is only ever in when it is told to be. */
export const FAULTS = {
  OTSTableNotReady: 'The table is not ready.',
  OTSRowOperationConflict: 'Data is being modified by the other request.',
  OTSInternalServerError: 'Internal server error.',
  OTSServerBusy: 'Server is busy.',
  OTSPartitionUnavailable: 'The partition is not available.',
  OTSTimeout: 'Operation timeout.',
  OTSServerUnavailable: 'Server is not available.',
} as const satisfies Partial<Record<ErrorCode, string>>;

export type Fault = keyof typeof FAULTS;
