import type { Duplex } from 'node:stream';
import { IncomingMessage } from './incoming-message.ts';
import { createParser, type Framing, framingOf, type Head, ParseError } from './parser.ts';
import { ServerResponse } from './server-response.ts';
import { METHODS } from './status-codes.ts';

export interface ConnectionEvents {
  onRequest(request: IncomingMessage, response: ServerResponse): void;
  /** The answer has left; false closes the connection. */
  onAnswered(): boolean;
  /** True when somebody has dealt with it. */
  onClientError(error: Error): boolean;
}

/**
 * Serves one connection: a request, its answer, the next request.
 *
 * @example serveConnection(socket, { onRequest: (request, response) => response.end('hello'), ... });
 */
export function serveConnection(socket: Duplex, events: ConnectionEvents): void {
  let current: { request: IncomingMessage; response: ServerResponse } | undefined;

  const refuse = (error: ParseError): void => {
    if (events.onClientError(error) || !socket.writable) return;
    const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
    const status = isTooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  };

  const begin = ({ startLine, rawHeaders }: Head): Framing => {
    const [method = '', url = '', version = '', ...more] = startLine.split(' ');
    const framing = framingOf(rawHeaders);
    if (
      more.length > 0 ||
      !METHODS.includes(method) ||
      !/^HTTP\/1\.[01]$/.test(version) ||
      !framing
    ) {
      refuse(new ParseError('HPE_INVALID_CONSTANT', 'Invalid request'));
      return { kind: 'until-close' };
    }
    const request = new IncomingMessage(socket, rawHeaders);
    request.method = method;
    request.url = url;
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    current = { request, response };
    response.once('finish', () => answered(request, response));
    // Answers leave in the order in which requests came: the next one waits.
    parser.pause();
    if (request.headers['host'] === undefined && version === 'HTTP/1.1') {
      response.writeHead(400, { Connection: 'close' }).end();
      return framing;
    }
    if (/100-continue/i.test(String(request.headers['expect'] ?? ''))) response.writeContinue();
    events.onRequest(request, response);
    return framing;
  };

  const answered = (request: IncomingMessage, response: ServerResponse): void => {
    current = undefined;
    const goesOn = events.onAnswered() && response.shouldKeepAlive;
    queueMicrotask(() => {
      response.destroy();
      finishReading(request);
      if (goesOn) parser.resume();
      else socket.end();
    });
  };

  /** Whatever of the request nobody wanted to read is read, so that the next one can be found. */
  const finishReading = (request: IncomingMessage): void => {
    if (request.destroyed) return;
    if (request.readableEnded) return void request.destroy();
    request.once('end', () => request.destroy());
    request.resume();
  };

  let reading: IncomingMessage | undefined;
  const parser = createParser({
    onHead(head) {
      const framing = begin(head);
      reading = current?.request;
      return framing;
    },
    onBody(bytes) {
      if (reading?.receive(bytes, () => socket.resume()) === false) socket.pause();
    },
    onEnd() {
      reading?.finish();
      reading = undefined;
    },
    onError: refuse,
  });

  const gone = (): void => {
    const open = current;
    current = undefined;
    reading?.breakOff();
    if (!open) return;
    open.request.breakOff();
    open.response.destroy();
  };

  socket.on('data', (bytes: Uint8Array) => parser.feed(bytes));
  socket.on('end', () => {
    parser.finish();
    if (!current) socket.end();
  });
  socket.on('error', gone);
  socket.on('close', gone);
}
