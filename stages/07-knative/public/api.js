/** How many todos a page holds. */
export const PAGE_SIZE = 10;
/** A function's cold start over a slow line fits in; a request that hangs does not. */
const TIMEOUT_MILLISECONDS = 15_000;

/** A request that failed: `status` is 0 when no answer came, `message` is what the server said. */
export class ApiError extends Error {
  constructor(status, code, message = '') {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether the same request may succeed later. */
  get passing() {
    return [0, 401, 408, 429].includes(this.status) || this.status >= 500;
  }
}

/**
 * One page of the todos that match.
 * @example await listTodos({ current: 1, name: 'milk', status: '' })
 */
export async function listTodos({ current, name, status }) {
  const query = new URLSearchParams({ current: `${current}`, pageSize: `${PAGE_SIZE}` });
  if (name) query.set('name', name);
  if (status) query.set('status', status);
  const { data, total } = await call('GET', `rule?${query}`);
  if (!Array.isArray(data)) throw new ApiError(200, 'NOT_JSON');
  return { todos: data.map(toTodo), total: Number(total ?? data.length) };
}

/**
 * Adds a todo; where the service knows idempotency keys, one key makes a retry safe.
 * @example await createTodo({ name: 'Buy milk', desc: '' }, 'a-unique-key')
 */
export async function createTodo(draft, idempotencyKey) {
  return toTodo(await call('POST', 'rule', draft, { 'Idempotency-Key': idempotencyKey }));
}

/**
 * Changes some fields of a todo: 409 when `version` is not its latest.
 * @example await updateTodo({ key: 'a1', version: 3, status: 2 })
 */
export async function updateTodo(change) {
  return toTodo(await call('PUT', 'rule', change));
}

/**
 * Deletes the todos with these keys.
 * @example await deleteTodos(['a1', 'b2'])
 */
export async function deleteTodos(key) {
  await call('DELETE', 'rule', { key });
}

/**
 * The reader's name; a service that signs its readers in does it here.
 * @example await currentUser() // 'Demo'
 */
export async function currentUser() {
  const { data, name } = await call('GET', 'currentUser');
  return String(name ?? data?.name ?? '');
}

async function call(...request) {
  try {
    return await send(...request);
  } catch (error) {
    if (error.status !== 401) throw error;
    // The token has ended, or the service has another key: asking who one is signs in anew.
    await send('GET', 'currentUser');
    return send(...request);
  }
}

async function send(method, path, body, headers) {
  const options = body && {
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  let response, text;
  try {
    response = await fetch(`./api/${path}`, { method, cache: 'no-store', signal, ...options });
    text = await response.text();
  } catch {
    throw new ApiError(0, signal.aborted ? 'TIMEOUT' : 'NETWORK');
  }
  const answer = parse(text);
  if (!response.ok) {
    const { code = 'HTTP', message = response.statusText } = answer ?? {};
    throw new ApiError(response.status, code, message);
  }
  if (!answer) throw new ApiError(response.status, 'NOT_JSON');
  return answer;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toTodo(item) {
  return Object.assign(
    { key: '', name: '', desc: '', status: 0, owner: '', createdAt: '', updatedAt: '' },
    item,
  );
}
