import { MAX_REQUEST_BYTES } from '../core/limits.ts';
import type { WireRequest } from './wire.ts';

/**
 * A web Request as it would have come over the wire. Of a body that is too large no more is read than
 * shows it.
 *
 * @example await readRequest(new Request('http://tablestore/ListTable', { method: 'POST', headers }))
 */
export async function readRequest(request: Request): Promise<WireRequest> {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: pathname + search,
    headers: Object.fromEntries(request.headers),
    body: await readBody(request.body),
  };
}

async function readBody(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (stream) {
    const reader = stream.getReader();
    while (length <= MAX_REQUEST_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.length;
    }
    await reader.cancel();
  }
  const body = new Uint8Array(length);
  let position = 0;
  for (const part of parts) {
    body.set(part, position);
    position += part.length;
  }
  return body;
}
