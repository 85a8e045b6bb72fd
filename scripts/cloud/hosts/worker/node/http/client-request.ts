import type { Duplex } from 'node:stream';
import { Timeout } from '../timers.ts';
import { codedError, hangUp } from './errors.ts';
import { IncomingMessage } from './incoming-message.ts';
import { connect } from './network.ts';
import { type HeaderValue, OutgoingMessage } from './outgoing-message.ts';
import { createParser, type Framing, framingOf, type Head } from './parser.ts';

export interface ClientRequestOptions {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly hostname?: string;
  readonly port?: number | string;
  readonly headers?: Readonly<Record<string, HeaderValue | undefined>> | readonly string[];
  readonly setHost?: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds without a byte after which 'timeout' is told. */
  readonly timeout?: number;
  createConnection?(options: ClientRequestOptions): Duplex;
}

/** Methods that usually have no body: none is announced unless the caller does. */
const BODYLESS_METHODS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);
const BODYLESS_STATUS = new Set([204, 304]);
const DEFAULT_PORT = 80;

/** A request to a server, over a connection that is given or found by port. */
export class ClientRequest extends OutgoingMessage {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  res: IncomingMessage | null = null;
  aborted = false;
  readonly #hasAgent: boolean;
  #idle: Timeout | undefined;

  constructor(options: ClientRequestOptions, onResponse?: (response: IncomingMessage) => void) {
    super();
    this.method = (options.method ?? 'GET').toUpperCase();
    this.path = options.path || '/';
    if (/[^\u0021-\u00FF]/.test(this.path))
      throw codedError(
        TypeError,
        'ERR_UNESCAPED_CHARACTERS',
        'Request path contains unescaped characters',
      );
    this.host = options.hostname ?? options.host ?? 'localhost';
    this.sendDate = false;
    this.announcesBody = !BODYLESS_METHODS.has(this.method);
    const port = Number(options.port ?? DEFAULT_PORT);
    // Node has an agent for connections that it opens itself: that one knows the default port, and keeps them.
    this.#hasAgent = !options.createConnection;
    this.#readHeaders(options.headers ?? {});
    if (!this.hasHeader('host') && options.setHost !== false)
      this.setHeader(
        'Host',
        this.#hasAgent && port === DEFAULT_PORT ? this.host : `${this.host}:${port}`,
      );
    if (onResponse) this.once('response', onResponse);
    if (options.timeout !== undefined) this.setTimeout(options.timeout);
    options.signal?.addEventListener('abort', () => this.destroy(options.signal?.reason as Error), {
      once: true,
    });
    queueMicrotask(() => this.#connect(options, port));
  }

  #readHeaders(headers: NonNullable<ClientRequestOptions['headers']>): void {
    if (Array.isArray(headers)) {
      for (let index = 0; index < headers.length; index += 2)
        this.appendHeader(String(headers[index]), String(headers[index + 1]));
      return;
    }
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) this.setHeader(name, value);
  }

  #connect(options: ClientRequestOptions, port: number): void {
    if (this.destroyed) return;
    try {
      const socket = options.createConnection?.(options) ?? connect(port, this.host);
      socket.on('data', () => this.#idle?.refresh());
      socket.once('close', () => this.setTimeout(0));
      readResponse(this, socket, () => this.#letGo());
      this.assignSocket(socket);
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  /** Node's agent lets the process end while it keeps a connection; here none is kept. */
  #letGo(): void {
    if (!this.#hasAgent) return;
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  override _implicitHeader(): void {
    this.storeHeader(
      `${this.method} ${this.path} HTTP/1.1`,
      `Connection: ${this.#hasAgent ? 'keep-alive' : 'close'}`,
    );
  }

  abort(): void {
    this.aborted = true;
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.setTimeout(0);
    this.res?.breakOff();
    this.socket?.destroy();
    // Whoever waits for an answer is told; afterwards there is nothing to tell.
    done(this.res ? null : (error ?? hangUp()));
  }

  /** Says 'timeout' when nothing has come for so long; who listens decides what then. 0: never. */
  override setTimeout(milliseconds = 0, callback?: () => void): this {
    if (callback) this.once('timeout', callback);
    this.#idle?.close();
    this.#idle = undefined;
    if (milliseconds > 0 && !this.destroyed)
      this.#idle = new Timeout(() => this.emit('timeout'), milliseconds, [], false).unref();
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setSocketKeepAlive(): this {
    return this;
  }
}

/** `onRead`: the whole answer has been taken. */
function readResponse(request: ClientRequest, socket: Duplex, onRead: () => void): void {
  let response: IncomingMessage | undefined;

  const begin = ({ startLine, rawHeaders }: Head): Framing => {
    const [, status = '', message = ''] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(startLine) ?? [];
    if (status === '' || status.startsWith('1')) {
      if (status === '100') request.emit('continue');
      return { kind: 'none' };
    }
    response = new IncomingMessage(socket, rawHeaders);
    response.statusCode = Number(status);
    response.statusMessage = message;
    request.res = response;
    response.once('end', onRead);
    const isBodyless = request.method === 'HEAD' || BODYLESS_STATUS.has(response.statusCode);
    // Nobody takes the answer: it is read and dropped, so that the connection ends in order.
    if (!request.emit('response', response)) response.resume();
    if (isBodyless) return { kind: 'none' };
    const framing = framingOf(rawHeaders);
    return framing && framing.kind !== 'none' ? framing : { kind: 'until-close' };
  };

  const parser = createParser({
    onHead: begin,
    onBody(bytes) {
      if (response?.receive(bytes, () => socket.resume()) === false) socket.pause();
    },
    onEnd: () => response?.finish(),
    onError: (error) => fail(error),
  });

  const fail = (error: Error): void => {
    if (response) response.breakOff();
    else if (!request.destroyed) request.destroy(error);
  };

  socket.on('data', (bytes: Uint8Array) => parser.feed(bytes));
  socket.on('end', () => {
    parser.finish();
    fail(hangUp());
  });
  socket.on('error', fail);
  socket.on('close', () => fail(hangUp()));
}
