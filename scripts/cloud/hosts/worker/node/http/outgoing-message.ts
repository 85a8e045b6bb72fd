import type { Duplex } from 'node:stream';
import { Buffer } from '../buffer.ts';
import { Writable } from '../stream.ts';
import { codedError } from './errors.ts';
import { validateHeaderName, validateHeaderValue } from './header-checks.ts';
import { toLatin1 } from './parser.ts';

export type HeaderValue = string | number | readonly string[];
type Callback = (error?: Error | null) => void;

/**
 * A message that goes out. The first write, or the end, sends the head; how the body is framed depends on
 * what is known by then.
 */
export abstract class OutgoingMessage extends Writable {
  socket: Duplex | null = null;
  headersSent = false;
  sendDate = true;
  shouldKeepAlive = true;
  /** Node's older name of `writableEnded`. */
  finished = false;
  /** False for answers that have no body whatever is written. */
  protected hasBody = true;
  /** False for requests of which nothing is said about a body, unless their headers do. */
  protected announcesBody = true;
  readonly #headers = new Map<string, readonly [name: string, value: HeaderValue]>();
  #isChunked = false;
  #knownLength: number | undefined;
  #waiting: (() => void) | undefined;

  constructor() {
    super({ autoDestroy: false, decodeStrings: true });
  }

  get connection(): Duplex | null {
    return this.socket;
  }

  /** Sends the head as it stands; Express and others put their own `writeHead` in its way. */
  abstract _implicitHeader(): void;

  setHeader(name: string, value: HeaderValue): this {
    if (this.headersSent) throw sent('set');
    validateHeaderName(name);
    validateHeaderValue(name, value);
    this.#headers.set(name.toLowerCase(), [name, value]);
    return this;
  }

  appendHeader(name: string, value: HeaderValue): this {
    const [first, known] = this.#headers.get(name.toLowerCase()) ?? [name, undefined];
    return this.setHeader(first, known === undefined ? value : [known, value].flat().map(String));
  }

  setHeaders(headers: Iterable<readonly [string, HeaderValue]>): this {
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }

  getHeader(name: string): HeaderValue | undefined {
    return this.#headers.get(name.toLowerCase())?.[1];
  }

  getHeaders(): Record<string, HeaderValue> {
    const all = Object.create(null) as Record<string, HeaderValue>;
    for (const [key, [, value]] of this.#headers) all[key] = value;
    return all;
  }

  getHeaderNames(): string[] {
    return [...this.#headers.keys()];
  }

  getRawHeaderNames(): string[] {
    return [...this.#headers.values()].map(([name]) => name);
  }

  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }

  removeHeader(name: string): void {
    if (this.headersSent) throw sent('remove');
    this.#headers.delete(name.toLowerCase());
  }

  flushHeaders(): void {
    if (!this.headersSent) this._implicitHeader();
  }

  assignSocket(socket: Duplex): void {
    this.socket = socket;
    this.emit('socket', socket);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.();
  }

  override write(chunk: unknown, encoding?: unknown, done?: unknown): boolean {
    const callback = [encoding, done].find((each) => typeof each === 'function') as Callback;
    if (this.writableEnded) {
      const error = codedError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      queueMicrotask(() => {
        callback?.(error);
        this.emit('error', error);
      });
      return false;
    }
    if (!this.headersSent) this._implicitHeader();
    if (!this.hasBody) {
      if (callback) queueMicrotask(callback);
      return true;
    }
    return super.write(chunk, encoding as BufferEncoding, callback);
  }

  override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
    if (this.writableEnded) return this;
    const callback = [chunk, encoding, done].find((each) => typeof each === 'function') as Callback;
    const hasChunk = chunk !== undefined && chunk !== null && typeof chunk !== 'function';
    if (!this.headersSent) {
      // Nothing was sent yet, so all that there is is here, and its length is known.
      this.#knownLength = hasChunk ? byteLength(chunk, encoding) : 0;
      this._implicitHeader();
    }
    this.finished = true;
    if (hasChunk && this.hasBody) super.write(chunk, bufferEncoding(encoding));
    super.end(callback);
    return this;
  }

  /** Puts head and framing together; what `_implicitHeader` and `writeHead` come down to. */
  protected storeHeader(startLine: string, connectionLine: string | undefined): void {
    const names = this.#headers;
    const lines = [startLine];
    for (const [name, value] of names.values())
      for (const each of Array.isArray(value) ? value : [value]) lines.push(`${name}: ${each}`);
    if (this.sendDate && !names.has('date')) lines.push(`Date: ${new Date().toUTCString()}`);
    if (connectionLine !== undefined && !names.has('connection')) lines.push(connectionLine);
    const isFramed = names.has('content-length') || names.has('transfer-encoding');
    if (this.hasBody && this.announcesBody && !isFramed) {
      if (this.#knownLength !== undefined) lines.push(`Content-Length: ${this.#knownLength}`);
      else {
        lines.push('Transfer-Encoding: chunked');
        this.#isChunked = true;
      }
    }
    const encoding = String(this.getHeader('transfer-encoding') ?? '');
    if (this.hasBody && /chunked$/i.test(encoding)) this.#isChunked = true;
    this.headersSent = true;
    this.#send(toLatin1(`${lines.join('\r\n')}\r\n\r\n`));
  }

  override _write(chunk: Uint8Array, _encoding: string, done: Callback): void {
    if (!this.#isChunked) return this.#send(chunk, done);
    if (chunk.length === 0) return done();
    this.#send(toLatin1(`${chunk.length.toString(16)}\r\n`));
    this.#send(chunk);
    this.#send(toLatin1('\r\n'), done);
  }

  override _final(done: Callback): void {
    if (this.#isChunked) this.#send(toLatin1('0\r\n\r\n'));
    // Done when it is handed over, not when it is read.
    queueMicrotask(() => done());
  }

  #send(bytes: Uint8Array, done?: Callback): void {
    const { socket } = this;
    if (!socket) {
      const before = this.#waiting;
      this.#waiting = () => {
        before?.();
        this.#send(bytes, done);
      };
      return;
    }
    // What is written to somebody who has hung up is nobody's fault.
    if (socket.destroyed || socket.writableEnded) {
      if (done) queueMicrotask(() => done());
      return;
    }
    if (bytes.length > 0) socket.write(Buffer.from(bytes), done);
    else if (done) queueMicrotask(() => done());
  }

  setTimeout(_milliseconds?: number, _callback?: () => void): this {
    return this;
  }
}

function sent(what: string): Error {
  return codedError(
    Error,
    'ERR_HTTP_HEADERS_SENT',
    `Cannot ${what} headers after they are sent to the client`,
  );
}

function bufferEncoding(encoding: unknown): BufferEncoding {
  return typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8';
}

function byteLength(chunk: unknown, encoding: unknown): number {
  return typeof chunk === 'string'
    ? Buffer.byteLength(chunk, bufferEncoding(encoding))
    : (chunk as Uint8Array).byteLength;
}
