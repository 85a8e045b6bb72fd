import type { TriggerRequest } from '../cloud.ts';
import { passedOn, queryValues } from '../text.ts';
import { MAX_PAYLOAD_BYTES } from './limits.ts';

/**
 * What a function receives from its function URL. Source: cloud.tencent.com/document/product/583/96099, which
 * names the fields that it has no longer: requestContext, isBase64Encoded and others of the API gateway.
 */
export interface FunctionUrlEvent {
  readonly body: string;
  /** Names in lower case; the client's address is in `x-scf-remote-addr`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly httpMethod: string;
  readonly path: string;
  /** A list where a name comes more than once. */
  readonly queryString: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Turns an HTTP request into the event of a function URL.
 *
 * @example toEvent(request).path // '/api/rule'
 */
export function toEvent({
  method,
  url,
  headers,
  body,
  sourceIp,
}: TriggerRequest): FunctionUrlEvent {
  return {
    // An event says nowhere that its body is base64, so bytes that are no text are lost on the way.
    body: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body),
    headers: {
      ...Object.fromEntries(passedOn(headers, /^x-scf-/)),
      'x-scf-remote-addr': sourceIp,
    },
    httpMethod: method,
    path: url.pathname,
    queryString: Object.fromEntries(
      queryValues(url.searchParams).map(([name, values]) => [
        name,
        values.length === 1 ? (values[0] ?? '') : values,
      ]),
    ),
  };
}

/**
 * What is too large in a request, or undefined.
 *
 * @example oversize(request) // 'the event has 7000000 bytes, at most 6291456 are allowed'
 */
export function oversize(request: TriggerRequest): string | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify(toEvent(request))).length;
  if (bytes <= MAX_PAYLOAD_BYTES) return undefined;
  return `the event has ${bytes} bytes, at most ${MAX_PAYLOAD_BYTES} are allowed`;
}
