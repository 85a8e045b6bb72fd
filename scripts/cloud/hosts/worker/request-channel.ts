import { createResponse, isStreamed } from '../../shared/web-messages.ts';
import type { Header, IncomingRequest, ToAnswerer, ToRequester } from './protocol.ts';

/** Answers that have no body whatever is sent (RFC 9110, 15.3.5, 15.3.6, 15.4.5). */
const BODYLESS = new Set([204, 205, 304]);

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
export const HOP_BY_HOP = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade'],
]);

/**
 * The message that carries a request into a worker.
 *
 * @example worker.postMessage(await toMessage(request, 1), [port]);
 */
export async function toMessage(request: Request, number: number): Promise<IncomingRequest> {
  const url = new URL(request.url);
  const streams = isStreamed(request);
  const isEmpty = streams || ['GET', 'HEAD'].includes(request.method);
  const body = isEmpty ? null : await request.arrayBuffer();
  const length = body?.byteLength ?? 0;
  const headers: Header[] = [['host', url.host]];
  for (const [name, value] of request.headers)
    if (!HOP_BY_HOP.has(name) && name !== 'host' && name !== 'content-length')
      headers.push([name, value]);
  // What a client that knows the length of its body says of it.
  if (length > 0) headers.push(['content-length', String(length)]);
  return {
    type: 'request',
    number,
    method: request.method,
    path: url.pathname + url.search,
    headers,
    body: streams ? 'stream' : length > 0 ? body : null,
  };
}

/**
 * Sends a body that streams after its request, as it comes.
 *
 * @example await sendBody(request, channel.port1);
 */
export async function sendBody({ body }: Request, port: MessagePort): Promise<void> {
  const send = (part: ToAnswerer, transfer: Transferable[] = []): void =>
    port.postMessage(part, transfer);
  try {
    const reader = body?.getReader();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || !value) return send({ type: 'end' });
      // A copy: what is sent away must not be somebody else's buffer.
      const bytes = new Uint8Array(value);
      send({ type: 'chunk', bytes }, [bytes.buffer]);
    }
  } catch {
    // Whoever sends has given up in the middle.
    send({ type: 'abort' });
  }
}

/** What ends the requests that are under way when their instance ends. */
export type OpenRequests = Set<(error: Error) => void>;

/**
 * The Response whose parts come through a port; its body streams.
 *
 * @example const response = await receive(channel.port1, request, open);
 */
export function receive(
  port: MessagePort,
  { method, signal }: Pick<Request, 'method' | 'signal'>,
  open: OpenRequests,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const abort = (): void => port.postMessage({ type: 'abort' } satisfies ToAnswerer);
    const body = new ReadableStream<Uint8Array>({
      start: (given) => void (controller = given),
      cancel() {
        // What is still on its way is wanted by nobody.
        controller = undefined;
        abort();
      },
    });
    const fail = (error: unknown): void => {
      reject(error);
      close(() => controller?.error(error));
    };
    const close = (how: () => void): void => {
      port.close();
      open.delete(fail);
      signal.removeEventListener('abort', onAbort);
      try {
        how();
      } catch {
        // The reader had cancelled the body: there is nothing left to close.
      }
    };
    const onAbort = (): void => {
      abort();
      fail(signal.reason);
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    open.add(fail);
    port.onmessage = ({ data }: MessageEvent<ToRequester>) => {
      switch (data.type) {
        case 'head': {
          const empty = method === 'HEAD' || BODYLESS.has(data.status);
          resolve(
            createResponse(empty ? null : body, { ...data, headers: passedOn(data.headers) }),
          );
          break;
        }
        case 'chunk':
          controller?.enqueue(data.bytes);
          break;
        case 'end':
          close(() => controller?.close());
          break;
        case 'failed':
          fail(new TypeError('fetch failed', { cause: new Error(data.message) }));
      }
    };
  });
}

function passedOn(headers: readonly Header[]): Headers {
  const kept = new Headers();
  for (const [name, value] of headers)
    if (!HOP_BY_HOP.has(name.toLowerCase())) kept.append(name, value);
  return kept;
}
