import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { encodeText, toBase64 } from './bytes.ts';

export type Headers = Readonly<Record<string, string | undefined>>;

/**
 * What `x-ots-contentmd5` says of a body.
 *
 * @example contentMd5(new Uint8Array()) // '1B2M2Y8AsgTpgAmY7PhCfg=='
 */
export function contentMd5(body: Uint8Array): string {
  return toBase64(md5(body));
}

/**
 * The signature of a request. The empty line stands for a query, which no operation has.
 *
 * @example signRequest(secret, { path: '/GetRow', method: 'POST', headers })
 */
export function signRequest(
  secret: string,
  {
    path,
    method,
    headers,
  }: { readonly path: string; readonly method: string; readonly headers: Headers },
): string {
  return sign(secret, `${path}\n${method}\n\n${canonicalHeaders(headers)}\n`);
}

/**
 * The signature of a response, which the Python SDK verifies.
 *
 * @example headers.authorization = `OTS ${accessKeyId}:${signResponse(secret, '/GetRow', headers)}`;
 */
export function signResponse(secret: string, path: string, headers: Headers): string {
  return sign(secret, `${canonicalHeaders(headers)}\n${path}`);
}

/**
 * Whether two signatures are the same, in a time that does not tell where they differ.
 *
 * @example sameSignature(given, signRequest(secret, request))
 */
export function sameSignature(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < b.length; index += 1)
    difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

function sign(secret: string, content: string): string {
  return toBase64(hmac(sha1, encodeText(secret), encodeText(content)));
}

/** Names arrive in lower case; sorting the lines sorts by name, since no name begins another. */
function canonicalHeaders(headers: Headers): string {
  return Object.entries(headers)
    .filter(([name]) => name.startsWith('x-ots-') && name !== 'x-ots-signature')
    .map(([name, value]) => `${name}:${value?.trim()}`)
    .toSorted()
    .join('\n');
}
