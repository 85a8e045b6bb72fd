import type { Duplex } from 'node:stream';
import { Buffer } from '../buffer.ts';
import { Readable } from '../stream.ts';
import { aborted } from './errors.ts';

/** Headers of which only the first counts; of the others all are joined (https://nodejs.org/api/http.html#messageheaders). */
const ONCE = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

type Headers = Record<string, string | string[]>;

/** A message that comes in: a request at the server, a response at the client. */
export class IncomingMessage extends Readable {
  socket: Duplex;
  readonly httpVersion = '1.1';
  readonly httpVersionMajor = 1;
  readonly httpVersionMinor = 1;
  readonly rawHeaders: readonly string[];
  readonly headers: Headers;
  readonly trailers: Headers = {};
  readonly rawTrailers: readonly string[] = [];
  complete = false;
  aborted = false;
  upgrade = false;
  method: string | null = null;
  url = '';
  statusCode: number | null = null;
  statusMessage: string | null = null;
  /** Reads on where the connection was stopped, because nobody took what had come. */
  #continue: (() => void) | undefined;

  constructor(socket: Duplex, rawHeaders: readonly string[] = []) {
    super({ autoDestroy: false });
    this.socket = socket;
    this.rawHeaders = rawHeaders;
    this.headers = joinHeaders(rawHeaders);
  }

  get connection(): Duplex {
    return this.socket;
  }

  get headersDistinct(): Record<string, string[]> {
    const distinct: Record<string, string[]> = {};
    for (let index = 0; index < this.rawHeaders.length; index += 2)
      (distinct[(this.rawHeaders[index] ?? '').toLowerCase()] ??= []).push(
        this.rawHeaders[index + 1] ?? '',
      );
    return distinct;
  }

  override _read(): void {
    const proceed = this.#continue;
    this.#continue = undefined;
    proceed?.();
  }

  /** Takes a piece of the body; false asks to stop until `proceed` is called. */
  receive(bytes: Uint8Array, proceed: () => void): boolean {
    const goesOn = this.push(Buffer.from(bytes));
    if (!goesOn) this.#continue = proceed;
    return goesOn;
  }

  /** The body is whole. */
  finish(): void {
    this.complete = true;
    this.push(null);
  }

  /** The connection ended before the message did. */
  breakOff(): void {
    if (!this.complete && !this.destroyed) this.destroy(aborted());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.complete) {
      this.aborted = true;
      this.emit('aborted');
      if (!this.socket.destroyed) this.socket.destroy();
    }
    // A failure that nobody listens for ends no process: the message is simply gone.
    queueMicrotask(() => done(this.listenerCount('error') > 0 ? error : null));
  }

  setTimeout(): this {
    return this;
  }
}

function joinHeaders(rawHeaders: readonly string[]): Headers {
  const headers: Headers = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const known = headers[name];
    if (name === 'set-cookie') headers[name] = [...(Array.isArray(known) ? known : []), value];
    else if (known === undefined) headers[name] = value;
    else if (!ONCE.has(name))
      headers[name] = `${String(known)}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
}
