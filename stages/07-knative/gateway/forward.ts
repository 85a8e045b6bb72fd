import { request as send, type IncomingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { ApiError } from '../api-error.ts';

/** Shorter than what a platform before us waits, so that a client hears from us what was slow. */
export const MAX_ANSWER_MILLISECONDS = 15_000;

/** They speak of one connection and not of the request: RFC 9110, 7.6.1. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export interface Service {
  /** What an error calls it. */
  readonly name: string;
  /** From the environment, and never from a request: `http://rule.default.svc.cluster.local`. */
  readonly url: URL;
}

/**
 * Passes a request on to a service and its answer back, both as they came: method, query, body, cookies and
 * errors. Nobody there is 502, and nobody who answers in time 504; this program stays up.
 *
 * @example app.use('/api/rule', forward({ name: 'rule', url: new URL('http://rule') }));
 */
export function forward(
  { name, url }: Service,
  answerWithin = MAX_ANSWER_MILLISECONDS,
): RequestHandler {
  return (request, response, next) => {
    const away = (): ApiError =>
      new ApiError(
        502,
        'SERVICE_AWAY',
        `the service "${name}" does not answer; nothing is known to have changed`,
      );
    // #region forward
    const outgoing = send(
      {
        host: url.hostname,
        port: url.port || 80,
        method: request.method,
        // As it was written: `a=1&a=2` and `%20` stay what they are.
        path: request.originalUrl,
        headers: {
          ...endToEnd(request.headers),
          // A body without a length: Node chunks it by itself for some methods, and DELETE is none of them.
          ...('transfer-encoding' in request.headers && { 'transfer-encoding': 'chunked' }),
          host: url.host,
          'x-forwarded-host': request.headers['x-forwarded-host'] ?? request.headers.host ?? '',
          'x-forwarded-proto': request.headers['x-forwarded-proto'] ?? request.protocol,
        },
      },
      (incoming) => {
        clearTimeout(deadline);
        response.writeHead(incoming.statusCode ?? 502, endToEnd(incoming.headers));
        pipeline(incoming, response).catch(() => response.destroy());
      },
    );
    const deadline = setTimeout(() => {
      outgoing.destroy();
      next(new ApiError(504, 'SERVICE_SLOW', `the service "${name}" has not answered in time`));
    }, answerWithin);
    // #endregion forward
    let isOver = false;
    outgoing.once('error', () => {
      clearTimeout(deadline);
      if (!response.headersSent && !isOver) next(away());
      else response.destroy();
    });
    // Who has gone away needs no answer, and the service need not go on.
    response.once('close', () => {
      isOver = true;
      clearTimeout(deadline);
      if (!response.writableFinished) outgoing.destroy();
    });
    pipeline(request, outgoing).catch(() => undefined);
  };
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = new Set(
    (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()),
  );
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.has(name)),
  );
}
