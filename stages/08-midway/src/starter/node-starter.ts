import type { IncomingMessage, RequestListener } from 'node:http';
import { MAX_BODY_BYTES } from '../middleware/json-body.ts';
import { HttpStarter } from './http-starter.ts';

export interface NodeExports {
  initializer(): Promise<void>;
  readonly listener: RequestListener;
}

// #region starter
/**
 * Midway behind Node's own HTTP server: for a laptop, and for tests that speak HTTP.
 *
 * @example http.createServer(new NodeStarter().open(options).listener).listen(3001);
 */
export class NodeStarter extends HttpStarter<NodeExports> {
  protected override functionName(): string {
    return 'local';
  }

  override onStart(): NodeExports {
    return { initializer: () => this.onInit(), listener: this.callback2() };
  }

  /** What `createFunctionApp` of @midwayjs/mock serves in a test. */
  callback2(): RequestListener {
    return (incoming, outgoing) => {
      const url = new URL(incoming.url ?? '/', 'http://localhost');
      const respond = async (): Promise<void> => {
        const { statusCode, headers, body } = await this.answer(
          {
            httpMethod: incoming.method ?? 'GET',
            path: (incoming.url ?? '/').split('?', 1)[0] ?? '/',
            headers: single(incoming.headers),
            queryParameters: joined(url.searchParams),
            body: await read(incoming),
            clientIP: incoming.socket.remoteAddress ?? '',
          },
          {},
        );
        // What was not read of a body that is too large is not waited for.
        const ends = incoming.complete ? {} : { connection: 'close' };
        outgoing.writeHead(statusCode, { ...copied(headers), ...ends });
        outgoing.end(incoming.method === 'HEAD' ? undefined : body);
      };
      respond().catch((error: unknown) => {
        console.error(error);
        outgoing.destroy();
      });
    };
  }
}
// #endregion starter

/** As much of a body as is needed to see that it is too large. */
async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function single(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function joined(query: URLSearchParams): Record<string, string> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(names.map((name) => [name, query.getAll(name).join(',')]));
}

function copied(
  headers: Readonly<Record<string, string | readonly string[]>>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : [...value],
    ]),
  );
}
