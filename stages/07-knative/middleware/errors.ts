import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ApiError } from '../api-error.ts';

/** Ends every route that nothing above answered. */
export const notFound: RequestHandler = (request) => {
  throw new ApiError(404, 'ROUTE_UNKNOWN', `nothing answers ${request.method} ${request.path}`);
};

/**
 * Answers the methods that a route does not know.
 *
 * @example router.route('/').get(list).all(methodNotAllowed('GET', 'HEAD'));
 */
export function methodNotAllowed(...allowed: readonly string[]): RequestHandler {
  const methods = allowed.join(', ');
  return (request, response) => {
    response.set('Allow', methods);
    if (request.method === 'OPTIONS') return void response.status(204).end();
    throw new ApiError(
      405,
      'METHOD_NOT_ALLOWED',
      `${request.method} is not answered here; ${methods} are`,
    );
  };
}

/** What body-parser refuses, by the `type` that it gives its errors. */
const BODY_ERRORS = new Map<unknown, ApiError>([
  ['entity.parse.failed', new ApiError(400, 'JSON_MALFORMED', 'the body is not valid JSON')],
  ['entity.too.large', new ApiError(413, 'BODY_TOO_LARGE', 'the body is larger than 64 KB')],
  ['charset.unsupported', new ApiError(415, 'CHARSET_UNSUPPORTED', 'send the body as UTF-8')],
  [
    'encoding.unsupported',
    new ApiError(415, 'ENCODING_UNSUPPORTED', 'send the body plain or as gzip'),
  ],
]);

// #region errors
/** Turns whatever was thrown into JSON. What was not foreseen stays in the log: no stack leaves the process. */
export const sendError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const { status, code, message } = toApiError(error);
  if (status >= 500)
    console.error(request.get('x-fc-request-id') ?? '-', request.method, request.path, error);
  response.status(status).json({ success: false, code, message });
};
// #endregion errors

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const { type, status } = error as { type?: unknown; status?: unknown };
  const known = BODY_ERRORS.get(type);
  if (known !== undefined) return known;
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new ApiError(status, 'REQUEST_INVALID', 'the request could not be read');
  return new ApiError(500, 'INTERNAL', 'something broke on the server; the log says what');
}
