import { encodeBase64 } from '../base64.ts';
import type { TriggerContext, TriggerRequest } from '../cloud.ts';
import { decodePath, decodeText, passedOn, queryValues } from '../text.ts';
import { MAX_BODY_BYTES, MAX_HEADER_BYTES, MAX_PATH_BYTES } from './limits.ts';

/** What a function of a built-in runtime receives, as JSON. Source: help.aliyun.com/document_detail/2545977.html */
export interface FunctionEvent {
  readonly version: 'v1';
  readonly rawPath: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly queryParameters: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: {
    readonly accountId: string;
    readonly domainName: string;
    readonly domainPrefix: string;
    readonly requestId: string;
    readonly time: string;
    readonly timeEpoch: string;
    readonly http: {
      readonly method: string;
      readonly path: string;
      readonly protocol: string;
      readonly sourceIp: string;
      readonly userAgent: string;
    };
  };
}

/** Content types whose bodies travel as they are; all others as base64. */
const TEXTUAL =
  /^text\/|^application\/(json|javascript|xml|x-www-form-urlencoded)\b|\+(json|xml)\b|charset=/i;

/**
 * Turns an HTTP request into the event of an HTTP trigger.
 *
 * @example toEvent(request, { requestId, accountId, now: clock.now() }).rawPath // '/api/rule'
 */
export function toEvent(request: TriggerRequest, context: TriggerContext): FunctionEvent {
  const { url, headers, method, sourceIp } = request;
  const body = encodeBody(request.body, headers.get('content-type') ?? '');
  return {
    version: 'v1',
    rawPath: url.pathname,
    headers: eventHeaders(headers),
    queryParameters: joined(url.searchParams),
    ...body,
    requestContext: {
      accountId: context.accountId,
      domainName: url.hostname,
      domainPrefix: url.hostname.split('.')[0] ?? '',
      requestId: context.requestId,
      time: `${new Date(context.now).toISOString().slice(0, 19)}Z`,
      timeEpoch: String(context.now),
      http: {
        method,
        path: decodePath(url.pathname),
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: headers.get('user-agent') ?? '',
      },
    },
  };
}

/**
 * What is too large in a request, or undefined.
 *
 * @example oversize(request) // 'the path has 5000 bytes, at most 4096 are allowed'
 */
export function oversize({ url, headers, body }: TriggerRequest): string | undefined {
  let headerBytes = 0;
  for (const [name, value] of headers) headerBytes += name.length + value.length;
  const parts = [
    ['path', url.pathname.length + url.search.length, MAX_PATH_BYTES],
    ['headers', headerBytes, MAX_HEADER_BYTES],
    ['body', body.length, MAX_BODY_BYTES],
  ] as const;
  const found = parts.find(([, bytes, most]) => bytes > most);
  return found && `${found[0]}: ${found[1]} bytes, at most ${found[2]} are allowed`;
}

function eventHeaders(headers: Headers): Record<string, string> {
  const entries = passedOn(headers, /^x-fc-/);
  return Object.fromEntries(entries.map(([name, value]) => [canonical(name), value]));
}

/** The platform is written in Go, whose headers are spelt `Content-Type`. */
function canonical(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

function joined(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(queryValues(query).map(([name, values]) => [name, values.join(',')]));
}

function encodeBody(
  bytes: Uint8Array,
  type: string,
): Pick<FunctionEvent, 'body' | 'isBase64Encoded'> {
  const text = bytes.length === 0 || TEXTUAL.test(type) ? decodeText(bytes) : undefined;
  return text === undefined
    ? { body: encodeBase64(bytes), isBase64Encoded: true }
    : { body: text, isBase64Encoded: false };
}
