import { codedError } from './errors.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { type HeaderValue, OutgoingMessage } from './outgoing-message.ts';
import { STATUS_CODES } from './status-codes.ts';

type HeaderList = Readonly<Record<string, HeaderValue>> | readonly HeaderValue[] | Headers;

/** The answer to a request. */
export class ServerResponse extends OutgoingMessage {
  readonly req: IncomingMessage;
  statusCode = 200;
  statusMessage: string | undefined;

  constructor(request: IncomingMessage) {
    super();
    this.req = request;
    if (request.method === 'HEAD') this.hasBody = false;
  }

  override _implicitHeader(): void {
    this.writeHead(this.statusCode);
  }

  writeHead(status: number, reason?: string | HeaderList, headers?: HeaderList): this {
    if (this.headersSent)
      throw codedError(
        Error,
        'ERR_HTTP_HEADERS_SENT',
        'Cannot write headers after they are sent to the client',
      );
    if (!Number.isInteger(status) || status < 100 || status > 999)
      throw codedError(
        RangeError,
        'ERR_HTTP_INVALID_STATUS_CODE',
        `Invalid status code: ${String(status)}`,
      );
    this.statusCode = status;
    if (typeof reason === 'string') this.statusMessage = reason;
    else headers ??= reason;
    this.statusMessage ??= STATUS_CODES[this.statusCode] ?? 'unknown';
    for (const [name, value] of entriesOf(headers)) this.setHeader(name, value);
    if (this.statusCode < 200 || this.statusCode === 204 || this.statusCode === 304)
      this.hasBody = false;
    const wish = String(this.req.headers['connection'] ?? '').toLowerCase();
    if (wish === 'close') this.shouldKeepAlive = false;
    this.storeHeader(
      `HTTP/1.1 ${this.statusCode} ${this.statusMessage}`,
      `Connection: ${this.shouldKeepAlive ? 'keep-alive' : 'close'}`,
    );
    return this;
  }

  writeContinue(): void {
    this.socket?.write('HTTP/1.1 100 Continue\r\n\r\n');
  }
}

function entriesOf(headers: HeaderList | undefined): (readonly [string, HeaderValue])[] {
  if (headers === undefined) return [];
  if (Array.isArray(headers)) {
    const list = headers as readonly (HeaderValue | readonly [string, HeaderValue])[];
    if (Array.isArray(list[0])) return list as (readonly [string, HeaderValue])[];
    return list.flatMap((name, index) =>
      index % 2 === 0 ? [[String(name), list[index + 1] as HeaderValue] as const] : [],
    );
  }
  if (headers instanceof Headers) return [...headers];
  return Object.entries(headers);
}
