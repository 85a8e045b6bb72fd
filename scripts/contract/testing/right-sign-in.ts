import { timingSafeEqual } from 'node:crypto';
import { isRecord } from '../expect.ts';
import { hmac, keyOf, readToken, writeToken } from '../token.ts';
import type { FakeReply, FakeRequest, Handle } from './fake-service.ts';
import { json } from './right-service.ts';

/** The key of every service here, as an environment would hold it. */
export const SECRET = Buffer.alloc(32, 7).toString('base64url');

const COOKIE = 'token';
const AUDIENCE = 'todo';
const WEEK_SECONDS = 7 * 24 * 60 * 60;
const DEMO = 'demo';
const signer = hmac('HS256', keyOf(SECRET));
const flags = 'Path=/; HttpOnly; SameSite=Lax';

interface Account {
  readonly userName: string;
  readonly password: string;
}

/**
 * Puts signing in before a service: writes need a token, which comes by itself or after logging in.
 *
 * @example await startFakeService(withSignIn(rightService(), 'accounts'));
 */
export function withSignIn(service: Handle, how: 'automatic' | 'accounts'): Handle {
  const accounts = new Map<string, Account>();
  return async (request, state) => {
    const { method, path } = request;
    const user = userOf(request);
    if (path === '/api/currentUser' && method === 'GET') {
      if (how === 'automatic') return json(200, { name: DEMO, userid: DEMO }, tokenFor(DEMO));
      return user === undefined ? unsigned() : json(200, { name: user, userid: user });
    }
    if (how === 'accounts') {
      const reply = accountReply(request, accounts, user);
      if (reply) return reply;
    }
    if (path !== '/api/rule' || method === 'GET' || method === 'HEAD' || method === 'PATCH')
      return service(request, state);
    if (isCrossSite(request)) return service(request, state);
    if (user === undefined) return unsigned();
    const before = state.todos;
    const reply = await service(request, state);
    const made = state.todos.find((todo) => !before.includes(todo) && method === 'POST');
    if (!made || reply.status !== 201) return reply;
    made['owner'] = user;
    return { ...reply, body: JSON.stringify(made) };
  };
}

/** Set-Cookie with a token that is valid now. */
export function tokenFor(userName: string): Record<string, string> {
  return { 'set-cookie': `${COOKIE}=${validToken(userName)}; ${flags}; Max-Age=${WEEK_SECONDS}` };
}

/** A token that is valid now, with other claims where some are given. */
export function validToken(userName: string, claims: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = { sub: userName, aud: AUDIENCE, iat: now, exp: now + WEEK_SECONDS };
  return writeToken({ ...payload, ...claims }, signer);
}

/** The token of a request, whatever it is worth. */
export function tokenOf({ headers }: FakeRequest): string | undefined {
  return new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(headers['cookie'] ?? '')?.[1];
}

/** The same request with another token. */
export function withToken(request: FakeRequest, token: string): FakeRequest {
  return { ...request, headers: { ...request.headers, cookie: `${COOKIE}=${token}` } };
}

/** Who has signed in, by a token that this service has signed and that is valid now. */
function userOf(request: FakeRequest): string | undefined {
  const token = tokenOf(request) ?? '';
  const [header = '', payload = '', signature = ''] = token.split('.');
  const expected = signer.sign(`${header}.${payload}`);
  const found = Buffer.from(signature, 'base64url');
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) return undefined;
  const { header: said, payload: claims } = readToken(token);
  const now = Date.now() / 1000;
  const { exp, nbf = 0, aud, sub } = claims;
  const isValid =
    said['alg'] === 'HS256' && aud === AUDIENCE && typeof exp === 'number' && exp > now;
  return isValid && Number(nbf) <= now && typeof sub === 'string' ? sub : undefined;
}

function accountReply(
  request: FakeRequest,
  accounts: Map<string, Account>,
  user: string | undefined,
): FakeReply | undefined {
  const { method, path } = request;
  if (path === '/api/users' && method === 'GET') {
    if (user === undefined) return unsigned();
    return json(
      200,
      [...accounts.keys()].map((userName) => ({ userName })),
    );
  }
  const handle = method === 'POST' ? ROUTES[path] : undefined;
  if (!handle) return undefined;
  if (isCrossSite(request)) return refuse(403);
  return handle(bodyOf(request), accounts);
}

const ROUTES: Readonly<
  Record<string, (body: Record<string, unknown>, accounts: Map<string, Account>) => FakeReply>
> = {
  '/user/register'({ userName, password }, accounts) {
    if (!isName(userName) || !isName(password)) return refuse(400);
    if (accounts.has(userName)) return refuse(409);
    accounts.set(userName, { userName, password });
    return json(201, { userName });
  },
  '/api/login/account'({ userName, password, type = 'account' }, accounts) {
    const account = accounts.get(String(userName));
    if (!account || account.password !== password)
      return json(401, { status: 'error', type, currentAuthority: 'guest' });
    const answer = { status: 'ok', type, currentAuthority: 'user' };
    return json(200, answer, tokenFor(account.userName));
  },
  '/api/logout': () =>
    json(200, { success: true }, { 'set-cookie': `${COOKIE}=; ${flags}; Max-Age=0` }),
};

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 200;
}

function isCrossSite({ headers }: FakeRequest): boolean {
  return headers['sec-fetch-site'] === 'cross-site';
}

function bodyOf({ body }: FakeRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function unsigned(): FakeReply {
  return json(401, { success: false, code: 'UNSIGNED', message: 'sign in first' });
}

function refuse(status: number): FakeReply {
  return json(status, { success: false, code: 'REFUSED', message: 'no' });
}
