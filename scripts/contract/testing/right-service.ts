import type { FakeReply, FakeRequest, FakeState, FakeTodo, Handle } from './fake-service.ts';

const SECURE = {
  'content-security-policy': "default-src 'self'",
  'x-content-type-options': 'nosniff',
};
/** What a browser gets, by path. */
export const FILES: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': [
    'text/html; charset=utf-8',
    '<!doctype html><html lang="en"><head><title>Todos</title><link rel="stylesheet" href="./page.css"><script type="module" src="./page.js"></script></head></html>',
  ],
  '/page.css': ['text/css', 'body {}'],
  '/page.js': ['text/javascript', "import { words } from './words.js';"],
  '/words.js': ['text/javascript', 'export const words = {};'],
};
const MAX_BODY_BYTES = 64 * 1024;

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The todo API done right, as small as it can be: what the API suite's own tests break, one fault
 * at a time. With `writes: false` every write is refused with 503.
 *
 * @example await startFakeService(rightService({ writes: false }));
 */
export function rightService({ writes = true } = {}): Handle {
  return (request, state) => {
    try {
      return route(request, state, writes);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return json(error.status, { success: false, code: 'REFUSED', message: error.message });
    }
  };
}

/** An answer in JSON with the headers that every answer has. */
export function json(
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): FakeReply {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...SECURE, ...type, ...headers }, body: JSON.stringify(value) };
}

function route(request: FakeRequest, state: FakeState, writes: boolean): FakeReply {
  const { method, path } = request;
  const reads = method === 'GET' || method === 'HEAD';
  if (path === '/healthz') return json(200, { success: true });
  if (path === '/api/currentUser') {
    return reads ? json(200, { name: 'Demo' }) : notAllowed('GET, HEAD');
  }
  if (path === '/api/rule') {
    if (reads) return json(200, page(state.todos, request.query));
    if (!['POST', 'PUT', 'DELETE'].includes(method)) {
      return notAllowed('GET, HEAD, POST, PUT, DELETE');
    }
    return write(request, state, writes);
  }
  const file = reads ? FILES[path] : undefined;
  if (file) return { status: 200, headers: { ...SECURE, 'content-type': file[0] }, body: file[1] };
  throw new Refusal(404, 'nothing is here');
}

function write(request: FakeRequest, state: FakeState, writes: boolean): FakeReply {
  const { method, headers } = request;
  if (headers['sec-fetch-site'] === 'cross-site') throw new Refusal(403, 'from another site');
  const body = parse(request);
  const verb = method === 'POST' ? (body['method'] ?? 'post') : method;
  const store = (change: () => FakeReply): FakeReply => {
    if (!writes) throw new Refusal(503, 'the disk is read-only');
    return change();
  };
  if (verb === 'DELETE' || verb === 'delete') {
    const keys = keysOf(body['key']);
    return store(() => remove(state, keys));
  }
  if (verb === 'PUT' || verb === 'update') {
    const change = { ...text(body, 'name'), ...text(body, 'desc'), ...statusOf(body) };
    const [key] = keysOf(body['key']);
    return store(() => update(state, key, body['version'], change));
  }
  if (body['name'] === undefined) throw new Refusal(400, 'name is missing');
  const fields = { desc: '', ...text(body, 'name'), ...text(body, 'desc') };
  return store(() => once(request, state, () => json(201, add(state, fields))));
}

function parse({ headers, body }: FakeRequest): Record<string, unknown> {
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw new Refusal(413, 'more than 64 KB');
  if (body !== '' && !headers['content-type']?.startsWith('application/json')) {
    throw new Refusal(415, 'send JSON');
  }
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Refusal(400, 'not JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Refusal(400, 'not an object');
}

const LIMITS = { name: { least: 1, most: 200 }, desc: { least: 0, most: 2000 } };

function text(body: Record<string, unknown>, field: 'name' | 'desc'): Record<string, string> {
  const value = body[field];
  if (value === undefined) return {};
  const { least, most } = LIMITS[field];
  if (typeof value !== 'string' || value.length < least || value.length > most) {
    throw new Refusal(400, `${field} is not text of ${least}-${most} characters`);
  }
  return { [field]: value };
}

function statusOf(body: Record<string, unknown>): { status?: number } {
  if (body['status'] === undefined) return {};
  if (!/^[0-3]$/.test(textOf(body['status']))) throw new Refusal(400, 'no such status');
  return { status: Number(body['status']) };
}

function keysOf(value: unknown): string[] {
  const keys: unknown[] = Array.isArray(value) ? value : [value];
  const named = keys.filter((key) => typeof key === 'string' && key !== '') as string[];
  if (named.length === 0 || named.length < keys.length) throw new Refusal(400, 'which todo?');
  return named;
}

/** A value as text: text itself, anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function once({ headers, body }: FakeRequest, state: FakeState, make: () => FakeReply): FakeReply {
  const key = headers['idempotency-key'];
  if (key === undefined) return make();
  const before = state.answered.get(key);
  if (before && before.body !== body) throw new Refusal(422, 'another request used that key');
  const reply = before?.reply ?? make();
  state.answered.set(key, { body, reply });
  return reply;
}

/** Puts a new todo in front of the list. */
export function add(state: FakeState, fields: Record<string, unknown>): FakeTodo {
  state.callNo += 1;
  const now = new Date().toISOString();
  const todo = {
    key: `todo-${state.callNo}-key`,
    name: '',
    desc: '',
    status: 1,
    owner: 'demo',
    avatar: '',
    href: '',
    callNo: state.callNo,
    progress: 0,
    disabled: false,
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...fields,
  };
  state.todos = [todo, ...state.todos];
  return todo;
}

function update(
  state: FakeState,
  key: string | undefined,
  version: unknown,
  change: Record<string, unknown>,
): FakeReply {
  const old = state.todos.find((todo) => todo.key === key);
  if (!old) throw new Refusal(404, 'no such todo');
  if (version !== undefined && version !== old['version']) throw new Refusal(409, 'too late');
  const todo: FakeTodo = {
    ...old,
    ...change,
    updatedAt: new Date().toISOString(),
    version: Number(old['version']) + 1,
  };
  state.todos = state.todos.map((one) => (one === old ? todo : one));
  return json(200, todo);
}

function remove(state: FakeState, keys: string[]): FakeReply {
  state.todos = state.todos.filter(({ key }) => !keys.includes(key));
  const { data, total } = page(state.todos, new URLSearchParams());
  return json(200, { list: data, pagination: { total } });
}

interface FakePage {
  data: FakeTodo[];
  total: number;
  success: boolean;
  pageSize: number;
  current: number;
}

function page(todos: readonly FakeTodo[], query: URLSearchParams): FakePage {
  const count = (name: string, otherwise: number): number =>
    /^[1-9]\d*$/.test(query.get(name) ?? '') ? Number(query.get(name)) : otherwise;
  const [current, pageSize] = [count('current', 1), count('pageSize', 10)];
  const status = query.get('status') ?? '';
  const found = todos.filter(
    (todo) =>
      todo.name.includes(query.get('name') ?? '') &&
      todo.desc.includes(query.get('desc') ?? '') &&
      (status === '' || String(todo['status']) === status),
  );
  const [, field, direction] = /^(\w+)_(ascend|descend)$/.exec(query.get('sorter') ?? '') ?? [];
  if (field !== undefined) {
    const sign = direction === 'ascend' ? 1 : -1;
    found.sort((a, b) => ((a[field] as string) < (b[field] as string) ? -sign : sign));
  }
  const data = found.slice((current - 1) * pageSize, current * pageSize);
  return { data, total: found.length, success: true, pageSize, current };
}

function notAllowed(allow: string): FakeReply {
  const body = { success: false, code: 'METHOD_NOT_ALLOWED', message: `allowed: ${allow}` };
  return json(405, body, { allow });
}
