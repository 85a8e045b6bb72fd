import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, type Server } from '../../server/listen.ts';
import { MAX_REQUEST_BYTES } from '../core/limits.ts';
import type { Engine } from '../engine/engine.ts';
import { portTaken } from '../errors.ts';

/**
 * Serves an engine over HTTP. Port 0 takes any free one.
 *
 * @example const { port, close } = await serve(engine, { port: 0, host: '127.0.0.1' });
 */
export async function serve(
  engine: Pick<Engine, 'answer'>,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<Server> {
  try {
    return await listen(
      port,
      (incoming, outgoing) => {
        // A client that goes away needs no answer.
        respond(engine, incoming, outgoing).catch(() => outgoing.destroy());
      },
      host,
    );
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portTaken(port, error) : error;
  }
}

async function respond(
  engine: Pick<Engine, 'answer'>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    // What is too large is heard out, or the client would miss the answer; but it is not kept.
    if (length <= MAX_REQUEST_BYTES) parts.push(part);
    length += part.length;
  }
  const { status, headers, body } = await engine.answer({
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers as Record<string, string>,
    body: Buffer.concat(parts),
  });
  outgoing.writeHead(status, { ...headers, 'content-length': body.length });
  outgoing.end(body);
}
