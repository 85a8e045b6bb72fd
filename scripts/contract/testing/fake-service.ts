import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** A request as the fake handles it: the path undecoded, the body as text. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface FakeReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type FakeTodo = Record<string, unknown> & { key: string; name: string; desc: string };

export interface FakeState {
  todos: FakeTodo[];
  callNo: number;
  /** Idempotency-Key -> the body it came with and the answer it got. */
  readonly answered: Map<string, { body: string; reply: FakeReply }>;
}

export type Handle = (request: FakeRequest, state: FakeState) => FakeReply | Promise<FakeReply>;

/** What is wrong with a service: how it answers, or what it does when it is restarted. */
export interface Fault {
  handle?: (right: Handle) => Handle;
  restart?: (state: FakeState) => void;
}

export interface FakeService extends AsyncDisposable {
  readonly url: string;
  readonly state: FakeState;
  restart(): Promise<void>;
}

/**
 * Serves a handler on a free port, with a fault when one is given.
 *
 * @example await using service = await startFakeService(rightService(), { handle: () => () => notFound });
 */
export async function startFakeService(right: Handle, fault: Fault = {}): Promise<FakeService> {
  const state: FakeState = { todos: [], callNo: 0, answered: new Map() };
  const handle = fault.handle?.(right) ?? right;
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));
  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (incoming.url ?? '/').split('?');
    const request: FakeRequest = {
      method: incoming.method ?? 'GET',
      path,
      query: new URLSearchParams(query),
      headers: incoming.headers as Record<string, string | undefined>,
      body: await text(incoming),
    };
    const { status, headers, body } = await handle(request, state);
    outgoing.writeHead(status, headers).end(body);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    async restart() {
      await pause(1);
      fault.restart?.(state);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
