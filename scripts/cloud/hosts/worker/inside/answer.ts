import { Buffer } from '../node/buffer.ts';
import { request as send } from '../node/http.ts';
import type { IncomingMessage } from '../node/http/incoming-message.ts';
import { connect } from '../node/http/network.ts';
import type { Header, IncomingRequest, ToAnswerer, ToRequester } from '../protocol.ts';

const underway = new Set<number>();

/** The only request under way, for what happens on a connection of the program's own making. */
export function onlyRequest(): number | undefined {
  const [number] = underway;
  return underway.size === 1 ? number : undefined;
}

/**
 * Sends a request from outside to the program, over the instance's own network, and streams the answer
 * through the port that came with it.
 *
 * @example answer(message, event.ports[0], listeningPort);
 */
export function answer(message: IncomingRequest, port: MessagePort, listening: number): void {
  const reply = (part: ToRequester, transfer: Transferable[] = []): void =>
    port.postMessage(part, transfer);
  const fail = (error: Error): void => reply({ type: 'failed', message: error.message });
  underway.add(message.number);
  const outgoing = send({
    method: message.method,
    path: message.path,
    // The platform keeps its connections, as far as the program can see.
    headers: [...message.headers.flat(), 'connection', 'keep-alive'],
    setHost: false,
    createConnection: () => connect(listening, 'localhost', message.number),
  });
  outgoing.once('close', () => underway.delete(message.number));
  outgoing.on('error', fail);
  outgoing.once('response', (incoming: IncomingMessage) => {
    const headers: Header[] = [];
    for (let index = 0; index < incoming.rawHeaders.length; index += 2)
      headers.push([incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '']);
    reply({
      type: 'head',
      status: incoming.statusCode ?? 0,
      statusText: incoming.statusMessage ?? '',
      headers,
    });
    incoming.on('data', (chunk: Uint8Array) => {
      const bytes = new Uint8Array(chunk);
      reply({ type: 'chunk', bytes }, [bytes.buffer]);
    });
    incoming.on('error', fail);
    incoming.once('aborted', () => fail(new Error('aborted')));
    incoming.once('end', () => {
      reply({ type: 'end' });
      // One connection for each request: it is not kept for another.
      outgoing.destroy();
    });
  });
  port.onmessage = ({ data }: MessageEvent<ToAnswerer>) => {
    if (data.type === 'abort') outgoing.destroy();
    else if (data.type === 'chunk') outgoing.write(Buffer.from(data.bytes));
    else outgoing.end();
  };
  if (message.body === 'stream') outgoing.flushHeaders();
  else outgoing.end(message.body ? Buffer.from(message.body) : undefined);
}
