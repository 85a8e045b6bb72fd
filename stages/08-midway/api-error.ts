/**
 * A refusal that the client can act on: it leaves as `{ success: false, code, message }`.
 *
 * @example
 * throw new ApiError(404, 'TODO_UNKNOWN', 'no todo has the key "a1"; read the list again');
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}
