import { Buffer } from '../node/buffer.ts';
import { request as send } from '../node/http.ts';
import type { IncomingMessage } from '../node/http/incoming-message.ts';
import { toWeb } from '../node/readable-to-web.ts';

/** Answers without a body (RFC 9110, 15.3.5, 15.3.6, 15.4.5). */
const BODYLESS = new Set([204, 205, 304]);

/**
 * `fetch` as the program has it: it reaches what listens in its own instance, and nothing else.
 *
 * @example await fetchInside('http://localhost:3001/healthz')
 */
export async function fetchInside(
  input: Request | URL | string,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input, init);
  const { protocol, hostname, port, pathname, search } = new URL(request.url);
  if (protocol !== 'http:') throw failed(new Error(`the Lab knows no network: ${request.url}`));
  const body = ['GET', 'HEAD'].includes(request.method) ? undefined : await request.arrayBuffer();
  return new Promise((resolve, reject) => {
    const outgoing = send({
      method: request.method,
      hostname,
      ...(port && { port }),
      path: pathname + search,
      headers: Object.fromEntries(request.headers),
      signal: request.signal,
    });
    outgoing.on('error', (error) => reject(failed(error)));
    outgoing.once('response', (incoming: IncomingMessage) =>
      resolve(toResponse(incoming, request.method)),
    );
    outgoing.end(body && body.byteLength > 0 ? Buffer.from(body) : undefined);
  });
}

function toResponse(incoming: IncomingMessage, method: string): Response {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2)
    headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '');
  const status = incoming.statusCode ?? 0;
  const isEmpty = method === 'HEAD' || BODYLESS.has(status);
  if (isEmpty) incoming.resume();
  return new Response(isEmpty ? null : toWeb(incoming), {
    status,
    statusText: incoming.statusMessage ?? '',
    headers,
  });
}

function failed(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause });
}
