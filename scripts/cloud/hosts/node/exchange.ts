import { type IncomingMessage, request as send } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

/** Where a program listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Sends a web Request to a program on this machine, as it stands: no redirect is followed, nothing
 * decompressed, every Set-Cookie kept. `fetch` would do all three.
 *
 * @example const response = await exchange(new Request('http://localhost/healthz'), { host: '127.0.0.1', port });
 */
export function exchange(request: Request, address: Address): Promise<Response> {
  const url = new URL(request.url);
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => reject(new TypeError('fetch failed', { cause }));
    const outgoing = send({
      ...address,
      // A connection of its own: a kept one may be closed at its other end just as it is taken again.
      agent: false,
      method: request.method,
      path: url.pathname + url.search,
      headers: outgoingHeaders(request, url),
    });
    const abort = (): void => void outgoing.destroy(request.signal.reason as Error);
    if (request.signal.aborted) abort();
    request.signal.addEventListener('abort', abort, { once: true });
    outgoing.once('close', () => request.signal.removeEventListener('abort', abort));
    outgoing.on('error', (error) =>
      request.signal.aborted ? reject(request.signal.reason) : fail(error),
    );
    outgoing.once('response', (incoming) => {
      try {
        resolve(toResponse(incoming, request.method));
      } catch (error) {
        incoming.destroy();
        fail(error);
      }
    });
    if (!request.body) return void outgoing.end();
    // A program may answer before it has read all (413); what then cannot be sent is no failure.
    pipeline(Readable.fromWeb(request.body as NodeReadableStream), outgoing).catch(fail);
  });
}

function outgoingHeaders(request: Request, url: URL): Record<string, string> {
  const headers: Record<string, string> = { host: url.host };
  for (const [name, value] of request.headers) {
    if (!HOP_BY_HOP.has(name)) headers[name] = value;
  }
  if (!request.body) delete headers['content-length'];
  // Node frames a body by itself only for methods that usually have one, and DELETE is not among them.
  else if (headers['content-length'] === undefined) headers['transfer-encoding'] = 'chunked';
  return headers;
}

function toResponse(incoming: IncomingMessage, method: string): Response {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index] ?? '';
    if (!HOP_BY_HOP.has(name.toLowerCase()))
      headers.append(name, incoming.rawHeaders[index + 1] ?? '');
  }
  const status = incoming.statusCode ?? 0;
  const empty = method === 'HEAD' || [204, 205, 304].includes(status);
  if (empty) incoming.resume();
  const body = empty ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
  return new Response(body, { status, statusText: incoming.statusMessage ?? '', headers });
}
