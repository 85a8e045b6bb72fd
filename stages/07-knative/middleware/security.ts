import type { RequestHandler } from 'express';
import { ApiError } from '../api-error.ts';

// #region headers
/**
 * Nothing but this service's own files runs on its page, and no answer is taken for another type than it says.
 * `frame-ancestors` is left out on purpose: in a frame of another site the cookie is not sent, so nobody there
 * is signed in, and there is nothing to trick them into.
 */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
  });
  next();
};
// #endregion headers

/** Data is read anew each time: neither a browser nor a proxy keeps it. */
export const neverCached: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

// #region cross-site
/** Browsers say where a request comes from; a write that another site started is refused. */
export const refuseCrossSiteWrites: RequestHandler = (request, _response, next) => {
  if (!READING.has(request.method) && request.get('Sec-Fetch-Site') === 'cross-site')
    throw new ApiError(403, 'CROSS_SITE', 'a write must come from this site, not from another one');
  next();
};
// #endregion cross-site
