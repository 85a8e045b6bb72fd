import EventEmitter from 'events/events.js';
import type { Duplex } from 'node:stream';
import { hold } from '../event-loop.ts';
import { codedError } from './errors.ts';
import { IncomingMessage } from './incoming-message.ts';
import { announce, bind, release } from './network.ts';
import { serveConnection } from './server-connection.ts';
import type { ServerResponse } from './server-response.ts';

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;
interface ListenOptions {
  readonly port?: number | string;
}

/** An HTTP server: connections come from the instance's own network, or from a program that has made one. */
export class Server extends EventEmitter {
  // Times out nobody: the platform does.
  timeout = 0;
  keepAliveTimeout = 5_000;
  headersTimeout = 60_000;
  requestTimeout = 300_000;
  maxHeadersCount: number | null = null;
  maxRequestsPerSocket = 0;
  #port: number | undefined;
  #letGo: (() => void) | undefined;
  #isClosing = false;
  /** Connections, and whether one is answering a request. */
  readonly #connections = new Map<Duplex, { isBusy: boolean }>();

  constructor(options?: object | RequestListener, listener?: RequestListener) {
    super();
    const onRequest = typeof options === 'function' ? (options as RequestListener) : listener;
    if (onRequest) this.on('request', onRequest);
    this.on('connection', (socket: Duplex) => this.#serve(socket));
  }

  get listening(): boolean {
    return this.#port !== undefined;
  }

  listen(...parameters: unknown[]): this {
    const [first] = parameters;
    const wanted =
      typeof first === 'object' && first !== null ? (first as ListenOptions).port : first;
    const port = typeof wanted === 'function' ? 0 : Number(wanted ?? 0);
    const callback = parameters.find((each) => typeof each === 'function');
    if (this.listening)
      throw codedError(
        Error,
        'ERR_SERVER_ALREADY_LISTEN',
        'Listen method has been called more than once without closing.',
      );
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw codedError(
        RangeError,
        'ERR_SOCKET_BAD_PORT',
        `options.port should be >= 0 and < 65536. Received type ${typeof wanted} (${String(wanted)}).`,
      );
    if (callback) this.once('listening', callback as () => void);
    try {
      this.#port = bind(port, { accept: (socket) => void this.emit('connection', socket) });
    } catch (error) {
      queueMicrotask(() => this.emit('error', error));
      return this;
    }
    this.#letGo = hold();
    queueMicrotask(() => {
      if (this.#port === undefined) return;
      this.emit('listening');
      announce(this.#port);
    });
    return this;
  }

  address(): { address: string; family: string; port: number } | null {
    return this.#port === undefined ? null : { address: '::', family: 'IPv6', port: this.#port };
  }

  close(callback?: (error?: Error) => void): this {
    if (this.#port === undefined) {
      const error = codedError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.');
      if (callback) queueMicrotask(() => callback(error));
      return this;
    }
    if (callback) this.once('close', () => callback());
    release(this.#port);
    this.#port = undefined;
    this.#isClosing = true;
    this.closeIdleConnections();
    this.#settle();
    return this;
  }

  closeIdleConnections(): void {
    for (const [socket, { isBusy }] of this.#connections) if (!isBusy) socket.destroy();
  }

  closeAllConnections(): void {
    for (const socket of this.#connections.keys()) socket.destroy();
  }

  getConnections(callback: (error: null, count: number) => void): this {
    queueMicrotask(() => callback(null, this.#connections.size));
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    if (this.listening) this.#letGo ??= hold();
    return this;
  }

  unref(): this {
    this.#letGo?.();
    this.#letGo = undefined;
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.listening) await new Promise<void>((resolve) => this.close(() => resolve()));
  }

  #serve(socket: Duplex): void {
    const state = { isBusy: false };
    this.#connections.set(socket, state);
    socket.once('close', () => {
      this.#connections.delete(socket);
      this.#settle();
    });
    serveConnection(socket, {
      onRequest: (request, response) => {
        state.isBusy = true;
        this.emit('request', request, response);
      },
      onAnswered: () => {
        state.isBusy = false;
        // A server that is closing keeps no connection for a next request.
        return !this.#isClosing;
      },
      onClientError: (error) => this.emit('clientError', error, socket),
    });
  }

  /** Closed, and everybody has gone. */
  #settle(): void {
    if (!this.#isClosing || this.#connections.size > 0) return;
    this.#isClosing = false;
    queueMicrotask(() => {
      this.emit('close');
      this.unref();
    });
  }
}
