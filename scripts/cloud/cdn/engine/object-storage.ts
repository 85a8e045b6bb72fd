import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Clock } from '../../shared/clock.ts';
import { isUnchanged } from '../core/conditional.ts';
import { cacheControl, contentType, objectName } from '../core/objects.ts';
import type { Origin } from './pull.ts';

/** An object in a bucket. */
export interface StorageObject {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

/** What holds the objects: a folder, or a map in a tab. */
export type Bucket = (name: string) => Promise<StorageObject | undefined>;

/**
 * A bucket as OSS serves it, with the headers that an upload gives each object by its name: a type, and how
 * long it may be kept.
 *
 * @example const origin = createObjectStorage(async (name) => objects.get(name), clock);
 */
export function createObjectStorage(bucket: Bucket, clock: Clock): Origin {
  return async (request) => {
    const date = { date: new Date(clock.now()).toUTCString(), server: 'AliyunOSS' };
    if (!['GET', 'HEAD'].includes(request.method)) {
      const headers = { ...date, allow: 'GET, HEAD' };
      return error(405, 'MethodNotAllowed', 'The specified method is not allowed.', headers);
    }
    const name = objectName(new URL(request.url).pathname);
    const object = name === undefined ? undefined : await bucket(name);
    if (name === undefined || !object)
      return error(404, 'NoSuchKey', 'The specified key does not exist.', date);
    const headers = new Headers({
      ...date,
      'accept-ranges': 'bytes',
      'cache-control': cacheControl(name),
      'content-length': String(object.body.length),
      'content-type': contentType(name),
      etag: `"${bytesToHex(md5(object.body)).toUpperCase()}"`,
      'last-modified': new Date(object.modified).toUTCString(),
      'x-content-type-options': 'nosniff',
      'x-oss-object-type': 'Normal',
      'x-oss-storage-class': 'Standard',
    });
    if (isUnchanged(request.headers, headers)) {
      headers.delete('content-length');
      return new Response(null, { status: 304, headers });
    }
    return new Response(request.method === 'HEAD' ? null : object.body, { headers });
  };
}

function error(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string>,
): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>${code}</Code>\n  <Message>${message}</Message>\n</Error>\n`;
  return new Response(body, { status, headers: { 'content-type': 'application/xml', ...headers } });
}
