import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createGateway } from '../apps/gateway.ts';
import { createRuleApp } from '../apps/rule.ts';
import { createUserApp } from '../apps/user.ts';
import { DEMO } from '../models/account.ts';
import { tableAccountStore } from '../models/account-store.ts';
import { openTables } from '../models/table.ts';
import type { Todo } from '../models/todo.ts';
import { openTodoStore, type TodoStore } from '../models/todo-store.ts';
import { createTokens } from '../models/token.ts';
import { startTable } from './table.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; what it holds is the test's claim. */
  json<Type = Record<string, unknown>>(): Type;
}

export interface Service {
  readonly url: string;
  /** Sends JSON, unless `body` is a string: that goes as it is. A write is signed in unless it has a cookie. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  add(name: string, desc?: string): Promise<Todo>;
  list(query?: string): Promise<Page>;
}

export interface Page {
  readonly data: readonly Todo[];
  readonly total: number;
  readonly success: boolean;
  readonly pageSize: number;
  readonly current: number;
}

/** The key of every service that a test starts in its own process. */
export const KEY = randomBytes(32);

/** A store for one test, in a table of its own. */
export async function newStore(test: TestContext): Promise<TodoStore> {
  return openTodoStore((await startTable(test)).address);
}

/** The app on a port of its own, stopped when the test ends. */
export async function startService(test: TestContext, store?: TodoStore): Promise<Service> {
  const { address } = await startTable(test);
  const tokens = createTokens(KEY);
  const server = http.createServer(
    createGateway({
      rule: createRuleApp({ tokens, todos: store ?? openTodoStore(address) }),
      user: createUserApp({ tokens, accounts: tableAccountStore(openTables(address)) }),
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  // A password is slow on purpose: what is not about accounts does not wait for one.
  const cookie = tokens.issue(DEMO.userName).then((token) => `token=${token}`);
  return serviceAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, cookie);
}

/** The cookie of the demo account: `token=...`. */
export async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/login/account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(DEMO),
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** A client for a service that already runs. */
export function serviceAt(url: string, session?: Promise<string>): Service {
  let cookie = session;
  const call: Service['call'] = async (method, target, body, headers) => {
    const response = await fetch(url + target, {
      method,
      headers: {
        ...(method === 'GET' || method === 'HEAD'
          ? {}
          : { cookie: await (cookie ??= signIn(url)) }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: <Type>() => JSON.parse(text) as Type,
    };
  };
  return {
    url,
    call,
    add: async (name, desc) => (await call('POST', '/api/rule', { name, desc })).json<Todo>(),
    list: async (query = '') => (await call('GET', `/api/rule?${query}`)).json<Page>(),
  };
}
