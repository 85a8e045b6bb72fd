import { isUtf8 } from 'node:buffer';
import http, {
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
} from 'node:http';
import { duplexPair, type Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** What an HTTP trigger of Function Compute 3.0 hands to a function, as far as it is read here. */
export interface FcEvent {
  readonly version: 'v1';
  /** The path as it was sent, still percent-encoded. */
  readonly rawPath: string;
  /** A header that was repeated arrives as one, joined by commas. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly queryParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly requestId: string;
    readonly http: { readonly method: string; readonly sourceIp: string };
  };
}

/** What the trigger expects back. A header is one string, so an answer can set one cookie at most. */
export interface FcResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isBase64Encoded: boolean;
  readonly body: string;
}

export interface FcContext {
  readonly requestId: string;
}

export type FcHandler = (event: Buffer | string, context: FcContext) => Promise<FcResponse>;

/** They describe one connection, and here there is none. */
const CONNECTION_HEADERS = new Set([
  ...['connection', 'content-length', 'date', 'expect', 'keep-alive', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
]);

// #region adapter
/**
 * Puts a Node request listener, such as an Express app, behind the HTTP event of Function Compute 3.0.
 *
 * @example export const handler = toFcHandler(createApp());
 */
export function toFcHandler(listener: RequestListener): FcHandler {
  const server = http.createServer(listener);
  return async (rawEvent, context) => {
    const event = parseEvent(rawEvent);
    if (event === undefined) return malformed();
    // A connection without a network: what goes in at one end comes out at the other.
    const [client, peer] = duplexPair();
    Object.assign(peer, { remoteAddress: event.requestContext.http.sourceIp });
    // Node 20 does not tell one end that the other is gone: an app that hangs up would be waited for.
    peer.once('close', () => client.push(null));
    server.emit('connection', peer);
    try {
      return await toFcResponse(await send(event, context, client));
    } finally {
      client.destroy();
      peer.destroy();
    }
  };
}
// #endregion adapter

// #region request
function send(event: FcEvent, context: FcContext, client: Duplex): Promise<IncomingMessage> {
  const query = new URLSearchParams(event.queryParameters).toString();
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  // Function Compute's custom runtimes get the request's id as this header: the app reads it in both.
  const headers: OutgoingHttpHeaders = { 'x-fc-request-id': context.requestId };
  if (body.length > 0) headers['content-length'] = body.length;
  for (const [name, value] of Object.entries(event.headers ?? {}))
    if (!CONNECTION_HEADERS.has(name.toLowerCase())) headers[name.toLowerCase()] = value;

  return new Promise((resolve, reject) => {
    const request = http.request({
      createConnection: () => client,
      method: event.requestContext.http.method,
      path: query === '' ? event.rawPath : `${event.rawPath}?${query}`,
      headers,
    });
    request.on('response', resolve).on('error', reject).end(body);
  });
}
// #endregion request

// #region response
async function toFcResponse(response: IncomingMessage): Promise<FcResponse> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers))
    if (value !== undefined && !CONNECTION_HEADERS.has(name)) headers[name] = single(name, value);
  const body = await buffer(response);
  // Text stays readable in the event; bytes that are no text travel as base64.
  const isBase64Encoded = !isUtf8(body);
  return {
    statusCode: response.statusCode ?? 500,
    headers,
    isBase64Encoded,
    body: body.toString(isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** Only Set-Cookie comes as a list, and cookies cannot be joined: the first one is sent, the loss is said. */
function single(name: string, value: string | readonly string[]): string {
  if (typeof value === 'string') return value;
  if (value.length > 1)
    console.warn(
      `fc-adapter: ${value.length} ${name} headers, a function's answer can carry 1: kept the first`,
    );
  return value[0] ?? '';
}
// #endregion response

function parseEvent(rawEvent: Buffer | string): FcEvent | undefined {
  try {
    const event = JSON.parse(rawEvent.toString()) as FcEvent;
    const { method } = event.requestContext.http;
    return event.version === 'v1' && event.rawPath.startsWith('/') && method ? event : undefined;
  } catch {
    return undefined;
  }
}

function malformed(): FcResponse {
  const message =
    'expected an HTTP event of Function Compute 3.0 (version "v1"): call the function by its HTTP trigger';
  return {
    statusCode: 400,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    isBase64Encoded: false,
    body: JSON.stringify({ success: false, code: 'EVENT_MALFORMED', message }),
  };
}
