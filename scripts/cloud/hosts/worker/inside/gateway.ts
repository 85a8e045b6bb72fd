import type { Duplex } from 'node:stream';
import { Buffer } from '../node/buffer.ts';
import { createServer } from '../node/http.ts';
import { codedError } from '../node/http/errors.ts';
import type { IncomingMessage } from '../node/http/incoming-message.ts';
import { openOutside } from '../node/http/network.ts';
import type { ServerResponse } from '../node/http/server-response.ts';
import type { Header, ToRequester } from '../protocol.ts';
import { tell } from './outside.ts';
import { traceCall } from './traces.ts';

interface Way {
  readonly origin: string;
  /** The program's end of the connection. */
  readonly client: Duplex;
}

// The browser's own: the program may put others in their place.
const { MessageChannel } = globalThis;

/**
 * Lets the program reach services outside: a connection to one of these origins ends at a server in this
 * worker, which hands each request to the page.
 *
 * @example openGateway(['http://tablestore.lab']);
 */
export function openGateway(origins: readonly string[]): void {
  const ways = new WeakMap<object, Way>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const way = ways.get(request.socket);
    if (way)
      void collect(request).then(
        (body) => pass(request, response, body, way),
        () => undefined,
      );
  });
  openOutside((host, port) => {
    const address = `http://${host}:${port}`;
    const origin = URL.canParse(address) ? new URL(address).origin : '';
    if (!origins.includes(origin)) return undefined;
    return {
      accept(socket, client) {
        if (client) ways.set(socket, { origin, client });
        server.emit('connection', socket);
      },
    };
  });
}

async function collect(request: IncomingMessage): Promise<ArrayBuffer | null> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return chunks.length === 0 ? null : new Uint8Array(Buffer.concat(chunks)).buffer;
}

function pass(
  request: IncomingMessage,
  response: ServerResponse,
  body: ArrayBuffer | null,
  { origin, client }: Way,
): void {
  const { port1: port, port2 } = new MessageChannel();
  const headers: Header[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2)
    headers.push([request.rawHeaders[index] ?? '', request.rawHeaders[index + 1] ?? '']);
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    port.close();
  };
  response.once('close', () => {
    if (!isOver) port.postMessage({ type: 'abort' });
    end();
  });
  port.onmessage = ({ data }: MessageEvent<ToRequester>) => {
    switch (data.type) {
      case 'head':
        response.statusCode = data.status;
        response.statusMessage = data.statusText;
        for (const [name, value] of data.headers) response.appendHeader(name, value);
        response.flushHeaders();
        break;
      case 'chunk':
        response.write(Buffer.from(data.bytes));
        break;
      case 'end':
        end();
        response.end();
        break;
      case 'failed':
        end();
        // Refused: the connection was never there. Anything else is one that breaks off.
        if (data.code !== undefined) client.destroy(codedError(Error, data.code, data.message));
        request.socket.destroy();
    }
  };
  traceCall(origin);
  const method = request.method ?? 'GET';
  tell({ type: 'call', method, url: origin + request.url, headers, body }, [
    port2,
    ...(body ? [body] : []),
  ]);
}
