import express, { type RequestHandler } from 'express';
import { ApiError } from '../api-error.ts';

export const MAX_BODY_BYTES = 64 * 1024;

// #region content-type
/** Only JSON is accepted: a form on another site can send anything else without asking the browser first. */
const onlyJson: RequestHandler = (request, _response, next) => {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  const hasBody = encoding !== undefined || Number(length ?? 0) > 0;
  if (hasBody && !request.is('application/json'))
    throw new ApiError(
      415,
      'MEDIA_TYPE_UNSUPPORTED',
      'send the body as content-type: application/json',
    );
  next();
};
// #endregion content-type

/** Parses a JSON body of at most 64 KB into `request.body`. */
export const jsonBody: RequestHandler[] = [onlyJson, express.json({ limit: MAX_BODY_BYTES })];
