import { createResponse } from '../../shared/web-messages.ts';
import { isUnchanged } from '../core/conditional.ts';
import { accepts, isCompressible } from '../core/encoding.ts';
import { partOf } from '../core/range.ts';
import { type Body, gzip } from './body.ts';

/** An object whole, as it is known to the edge. */
export interface Whole {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** What was compressed once is not compressed again while it is kept. */
const compressed = new WeakMap<Uint8Array<ArrayBuffer>, Promise<Uint8Array<ArrayBuffer>>>();

/**
 * An object as one client wants it: nothing new (304), a part (206), compressed, without its body.
 *
 * @example const response = await represent({ status: 200, headers, body: { bytes } }, request, true);
 */
export async function represent(
  { status, headers: own, body }: Whole,
  request: Request,
  compress: boolean,
): Promise<Response> {
  const headers = new Headers(own);
  if ('stream' in body) {
    return createResponse(request.method === 'HEAD' ? null : body.stream, { status, headers });
  }
  const { bytes } = body;
  const canCompress = compress && status === 200 && isCompressible(headers, bytes.length);
  if (canCompress && !/accept-encoding/i.test(headers.get('vary') ?? ''))
    headers.append('vary', 'Accept-Encoding');
  if (status === 200) {
    headers.set('accept-ranges', 'bytes');
    if (isUnchanged(request.headers, headers)) {
      headers.delete('content-length');
      return createResponse(null, { status: 304, headers });
    }
    const part = partOf(request.headers, headers, bytes.length);
    if (part === 'none') {
      const range = new Headers({ 'content-range': `bytes */${bytes.length}` });
      return createResponse(null, { status: 416, headers: range });
    }
    if (part !== 'all') {
      headers.set('content-range', `bytes ${part.first}-${part.last}/${bytes.length}`);
      return send(bytes.subarray(part.first, part.last + 1), 206);
    }
    if (canCompress && accepts(request.headers.get('accept-encoding'), 'gzip')) {
      headers.set('content-encoding', 'gzip');
      // Other bytes, the same meaning: that is a weak tag.
      const tag = headers.get('etag');
      if (tag?.startsWith('"')) headers.set('etag', `W/${tag}`);
      return send(await compressOnce(bytes), 200);
    }
  }
  return send(bytes, status);

  function send(content: Uint8Array<ArrayBuffer>, code: number): Response {
    const bodyless = [204, 205, 304].includes(code);
    if (!bodyless) headers.set('content-length', String(content.length));
    const isSent = !bodyless && request.method !== 'HEAD';
    return createResponse(isSent ? content : null, { status: code, headers });
  }
}

function compressOnce(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const known = compressed.get(bytes);
  if (known) return known;
  const made = gzip(bytes);
  compressed.set(bytes, made);
  return made;
}
