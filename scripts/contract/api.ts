import type { RawRequest, Reply, Send } from './client.ts';
import { expectStatus, expectThat, isRecord, object, Unmet } from './expect.ts';
import type { Session, SignIn } from './session.ts';

/** A todo on the wire. Fields beyond these are checked where a check is about them. */
export interface Todo {
  readonly key: string | number;
  readonly name: string;
  readonly desc: string;
  readonly status: number;
  readonly [field: string]: unknown;
}

export interface List {
  readonly data: readonly Todo[];
  readonly total: number;
  readonly [field: string]: unknown;
}

/** The service as a check sees it. Every todo that a check writes carries the check's own marker. */
export interface Api {
  /** A word that no other todo contains: part of each name or description written here. */
  readonly marker: string;
  /** Sends a request as who has signed in, where one does; a cookie of its own is left as it is. */
  request: Send;
  /** Sends a request as somebody unknown. */
  stranger: Send;
  /** Who has signed in; only for checks that need `signIn`. */
  session(): Promise<Session>;
  get(path: string): Promise<Reply>;
  /** Sends a body as JSON. */
  send(
    method: string,
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  /** Creates a todo; its name begins with the marker. */
  create(title?: string, fields?: Readonly<Record<string, unknown>>): Promise<Todo>;
  /** `GET /api/rule` with these parameters; fails the check when the reply is not a list. */
  list(query?: Readonly<Record<string, string | number>>): Promise<List>;
  /** This check's own todos, newest first. */
  mine(): Promise<readonly Todo[]>;
  /** One of this check's own todos as the list shows it now. */
  find(key: Todo['key']): Promise<Todo | undefined>;
  /** Removes every todo that carries the marker, however it came to be. */
  clean(): Promise<void>;
}

/** The largest page asked for; no check makes more todos than this. */
const EVERYTHING = 50;

/**
 * The verbs of the todo API, bound to a marker.
 *
 * @example
 * const api = createApi(createClient('http://localhost:3001'), 'contract-5f3a');
 * const todo = await api.create('milk');
 * await api.clean();
 */
export function createApi(stranger: Send, marker: string, session?: SignIn): Api {
  const send: Send = async (request) => {
    if (!session || request.headers?.['cookie'] !== undefined) return stranger(request);
    const { name, value } = (await session()).cookie;
    return stranger({ ...request, headers: { ...request.headers, cookie: `${name}=${value}` } });
  };
  const api: Api = {
    marker,
    request: send,
    stranger,
    session: session ?? (() => Promise.reject(new Unmet('nobody signs in here'))),
    get: (path) => send({ method: 'GET', path }),
    send: (method, path, body, headers) => send(json(method, path, body, headers)),

    async create(title = 'a todo', fields = {}) {
      const body = { name: `${marker} ${title}`, desc: 'made by the API suite', ...fields };
      const reply = await api.send('POST', '/api/rule', body);
      expectStatus(reply, 201);
      return todo(object(reply), reply.what);
    },

    async list(query = {}) {
      const parameters = new URLSearchParams(
        Object.entries(query).map(([name, value]) => [name, String(value)]),
      );
      const reply = await api.get(query ? `/api/rule?${parameters}` : '/api/rule');
      expectStatus(reply, 200);
      const { data, total, ...rest } = object(reply);
      expectThat(
        Array.isArray(data) && typeof total === 'number',
        `${reply.what}: expected {data: [...], total: number}, found ${reply.text.slice(0, 160)}`,
      );
      return { ...rest, total, data: data.map((item) => todo(item, reply.what)) };
    },

    async mine() {
      const { data } = await api.list({ name: marker, pageSize: EVERYTHING });
      return data.filter(({ name }) => name.includes(marker));
    },

    async find(key) {
      return (await api.mine()).find((item) => item.key === key);
    },

    async clean() {
      for (const field of ['name', 'desc']) {
        const { data } = await api.list({ [field]: marker, pageSize: EVERYTHING });
        const own = data.filter((item) => `${item.name} ${item.desc}`.includes(marker));
        if (own.length === 0) continue;
        const key = own.map((item) => item.key);
        expectStatus(await api.send('DELETE', '/api/rule', { key }), 200);
      }
    },
  };
  return api;
}

function json(
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): RawRequest {
  return {
    method,
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

function todo(value: unknown, what: string): Todo {
  expectThat(
    isRecord(value) &&
      (typeof value['key'] === 'string' || typeof value['key'] === 'number') &&
      typeof value['name'] === 'string' &&
      typeof value['desc'] === 'string' &&
      typeof value['status'] === 'number',
    `${what}: expected a todo {key, name, desc, status: number, ...}, found ${JSON.stringify(value)?.slice(0, 160)}`,
  );
  return value as unknown as Todo;
}
