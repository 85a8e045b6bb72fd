import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { listen, type Server } from './listen.ts';

/** Answers a web Request; `sourceIp` is who sent it. */
export type Answer = (request: Request, sourceIp: string) => Promise<Response>;

/**
 * Serves an engine over HTTP. Port 0 takes any free one; rejects when the port is taken. Without a host it
 * listens on every address of the machine.
 *
 * @example const server = await serve(3001, (request, ip) => functions.handle(request, ip));
 */
export function serve(port: number, answer: Answer, host?: string): Promise<Server> {
  return listen(port, listenerFor(answer), host);
}

/**
 * What `node:http` calls for each request.
 *
 * @example createServer(listenerFor((request) => engine.handle(request)))
 */
export function listenerFor(answer: Answer): RequestListener {
  return (incoming, outgoing) => {
    respond(incoming, outgoing, answer).catch((error: unknown) => {
      // A client that has gone needs no answer, and its going is no fault.
      if (outgoing.destroyed) return;
      console.error(error);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end();
    });
  };
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: Answer,
): Promise<void> {
  const request = toRequest(incoming, outgoing);
  if (!request) return void outgoing.writeHead(400, { connection: 'close' }).end();
  const response = await answer(request, incoming.socket.remoteAddress ?? '');
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (!response.body) return void outgoing.end();
  await pipeline(Readable.fromWeb(response.body as NodeReadableStream), outgoing).catch(
    // The client went away, or the answer broke off: its connection is closed either way.
    () => outgoing.destroy(),
  );
}

/** The web Request, or undefined for one that the web has no form for: TRACE, a target that is no path. */
function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Request | undefined {
  const { method = 'GET', url = '/', headers: parsed, rawHeaders } = incoming;
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const headers = new Headers();
  // A body that nobody announced would be passed on as an empty one in chunks, which a program takes for a body.
  const isFramed =
    parsed['transfer-encoding'] !== undefined || Number(parsed['content-length'] ?? 0) > 0;
  const bodyless = method === 'GET' || method === 'HEAD' || !isFramed;
  try {
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] ?? '';
      if (name.toLowerCase() !== 'cookie') headers.append(name, rawHeaders[index + 1] ?? '');
    }
    // Cookies are joined by semicolons, all other headers by commas; node:http has done it.
    if (parsed.cookie !== undefined) headers.set('cookie', parsed.cookie);
    return new Request(`http://${parsed.host ?? 'localhost'}${url}`, {
      method,
      headers,
      signal: gone.signal,
      body: bodyless ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>),
      // Node wants to be told that the body is sent while the answer may come already.
      duplex: 'half',
    } as RequestInit);
  } catch {
    return undefined;
  }
}
