import { type IMiddleware, Middleware } from '@midwayjs/core';
import type { Context, NextFunction } from '@midwayjs/faas';
import { ApiError } from '../../api-error.ts';
import type { HttpEvent } from '../starter/http-starter.ts';

export const MAX_BODY_BYTES = 64 * 1024;

// #region json-body
/**
 * Puts the object that a body says in the body's place, where `@Body()` finds it. Only JSON is accepted: a form
 * on another site can send anything else without asking the browser first.
 */
@Middleware()
export class JsonBodyMiddleware implements IMiddleware<Context, NextFunction> {
  resolve() {
    return async (ctx: Context, next: NextFunction): Promise<void> => {
      const event = ctx.originEvent as HttpEvent;
      if (Buffer.isBuffer(event.body)) event.body = parse(event.body, event.headers);
      await next();
    };
  }
}
// #endregion json-body

function parse(body: Buffer, headers: HttpEvent['headers']): object {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (body.length > 0 && type.trim() !== 'application/json')
    throw new ApiError(
      415,
      'MEDIA_TYPE_UNSUPPORTED',
      'send the body as content-type: application/json',
    );
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='));
  if (charset !== undefined && !/=\s*"?utf-?8"?\s*$/.test(charset))
    throw new ApiError(415, 'CHARSET_UNSUPPORTED', 'send the body as UTF-8');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new ApiError(415, 'ENCODING_UNSUPPORTED', 'send the body plain, not compressed');
  if (body.length > MAX_BODY_BYTES)
    throw new ApiError(413, 'BODY_TOO_LARGE', 'the body is larger than 64 KB');
  const value = parseJson(body.toString());
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ApiError(400, 'BODY_INVALID', 'the body must be a JSON object: {"name": "..."}');
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'JSON_MALFORMED', 'the body is not valid JSON');
  }
}
