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
  const { data, total } = await call('GET', `api/rule?${query}`);
  if (!Array.isArray(data)) throw new ApiError(200, 'NOT_JSON');
  return { todos: data.map(toTodo), total: Number(total ?? data.length) };
}

/**
 * Adds a todo; where the service knows idempotency keys, one key makes a retry safe.
 * @example await createTodo({ name: 'Buy milk', desc: '' }, 'a-unique-key')
 */
export async function createTodo(draft, idempotencyKey) {
  return toTodo(await call('POST', 'api/rule', draft, { 'Idempotency-Key': idempotencyKey }));
}

/**
 * Changes some fields of a todo: 409 when `version` is not its latest.
 * @example await updateTodo({ key: 'a1', version: 3, status: 2 })
 */
export async function updateTodo(change) {
  return toTodo(await call('PUT', 'api/rule', change));
}

/**
 * Deletes the todos with these keys.
 * @example await deleteTodos(['a1', 'b2'])
 */
export async function deleteTodos(key) {
  await call('DELETE', 'api/rule', { key });
}

/**
 * The reader's name, or nothing when they have not signed in.
 * @example await currentUser() // 'ada'
 */
export async function currentUser() {
  try {
    const { name } = await call('GET', 'api/currentUser');
    return String(name ?? '');
  } catch (error) {
    if (error.status === 401) return '';
    throw error;
  }
}

/**
 * Signs in: the answer brings a cookie that no script can read.
 * @example await signIn({ userName: 'ada', password: 'correct horse' })
 */
export async function signIn(credentials) {
  await call('POST', 'api/login/account', credentials);
}

/**
 * Makes an account; who has it signs in next.
 * @example await register({ userName: 'ada', password: 'correct horse' })
 */
export async function register(credentials) {
  await call('POST', 'user/register', credentials);
}

/**
 * Takes the cookie away.
 * @example await signOut()
 */
export async function signOut() {
  await call('POST', 'api/logout', {});
}

async function call(method, path, body, headers) {
  const options = body && {
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  let response, text;
  try {
    response = await fetch(`./${path}`, { method, cache: 'no-store', signal, ...options });
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
