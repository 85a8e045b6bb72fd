import { randomBytes } from 'node:crypto';
import type { Behaviours } from '../stages/schema.ts';
import type { RawRequest, Reply, Send } from './client.ts';
import { expectStatus, Unmet } from './expect.ts';
import { isToken } from './token.ts';

/** A cookie as a service sets it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** In small letters; those without a value have an empty one. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Somebody who has signed in. */
export interface Session {
  /** The cookie that holds the token. */
  readonly cookie: Cookie;
  readonly account?: Account;
}

export interface Account {
  readonly userName: string;
  readonly password: string;
}

/** Gives the one session of a run. */
export type SignIn = () => Promise<Session>;

/**
 * Signs in when it is first asked for and is the same session from then on: by asking who one is, or with an
 * account of its own making.
 *
 * @example const session = await createSignIn(send, 'automatic')();
 */
export function createSignIn(send: Send, how: Exclude<Behaviours['signIn'], 'none'>): SignIn {
  let session: Promise<Session> | undefined;
  const start = async (): Promise<Session> => {
    if (how === 'automatic')
      return { cookie: tokenCookie(await send({ method: 'GET', path: '/api/currentUser' })) };
    const account = newAccount();
    expectStatus(await send(register(account)), 201);
    const reply = await send(logIn(account));
    expectStatus(reply, 200);
    return { cookie: tokenCookie(reply), account };
  };
  return () => (session ??= start());
}

/** An account that nobody has yet. */
export function newAccount(): Account {
  return {
    userName: `contract-${randomBytes(6).toString('hex')}`,
    password: randomBytes(12).toString('base64url'),
  };
}

export function register(account: Account): RawRequest {
  return post('/user/register', account);
}

export function logIn({ userName, password }: Account): RawRequest {
  return post('/api/login/account', { userName, password, type: 'account' });
}

/**
 * A request in JSON.
 *
 * @example await api.stranger(post('/api/logout', {}))
 */
export function post(path: string, body: object): RawRequest {
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', path, headers, body: JSON.stringify(body) };
}

/**
 * The cookies that an answer sets.
 *
 * @example cookiesOf(reply).map(({ name }) => name) // ['token']
 */
export function cookiesOf({ headers }: Reply): Cookie[] {
  return (headers['set-cookie'] ?? []).map((line) => {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name, value] = divide(pair);
    const pairs = attributes.map(divide).map(([key, text]) => [key.toLowerCase(), text] as const);
    return { name, value, attributes: new Map(pairs) };
  });
}

/** The cookie with the token; fails the check when the answer sets none. */
export function tokenCookie(reply: Reply): Cookie {
  const cookie = cookiesOf(reply).find(({ value }) => isToken(value));
  if (cookie) return cookie;
  throw new Unmet(
    `${reply.what}: expected a cookie with a token, found ${reply.headers['set-cookie']?.join(', ') ?? 'no Set-Cookie'}`,
  );
}

function divide(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
