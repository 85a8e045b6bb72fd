import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { Unmet } from './expect.ts';

/** The slowest first answer that still counts: a cold start with a margin. Above it a reply is "hanging". */
export const ANSWER_WITHIN_MILLISECONDS = 10_000;

export interface RawRequest {
  readonly method: string;
  /** Sent as it stands, so that `/%2e%2e/` arrives undisturbed. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Reply {
  /** `PUT /api/rule`, for messages. */
  readonly what: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export type Send = (request: RawRequest) => Promise<Reply>;

/**
 * Sends requests to a service exactly as written: unlike `fetch` it neither rewrites the path nor
 * adds headers, follows redirects or decompresses. A connection serves one request, so that a
 * restarted service is met afresh.
 *
 * @example const reply = await createClient('http://localhost:3001')({ method: 'GET', path: '/healthz' });
 */
export function createClient(baseUrl: string, timeout = ANSWER_WITHIN_MILLISECONDS): Send {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const open = base.protocol === 'https:' ? requestHttps : requestHttp;

  return async ({ method, path, headers, body }) => {
    const what = `${method} ${path.length > 60 ? `${path.slice(0, 60)}…` : path}`;
    const outgoing = open({
      protocol: base.protocol,
      hostname: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port,
      method,
      path: prefix + path,
      agent: false,
      headers: { ...(headers?.['transfer-encoding'] ? {} : lengthOf(body)), ...headers },
    });
    const answered = Promise.withResolvers<IncomingMessage>();
    const late = setTimeout(
      () => outgoing.destroy(new Unmet(`${what}: no answer within ${timeout} ms`)),
      timeout,
    );
    outgoing.on('response', answered.resolve);
    // An error after the answer (the service stopped reading a body that it refused) changes nothing.
    outgoing.on('error', answered.reject);
    outgoing.end(body);
    try {
      const incoming = await answered.promise;
      return {
        what,
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        text: await text(incoming),
      };
    } catch (error) {
      if (error instanceof Unmet) throw error;
      throw new Unmet(`${what}: no answer, ${(error as Error).message}`, { cause: error });
    } finally {
      clearTimeout(late);
      outgoing.destroy();
    }
  };
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}
