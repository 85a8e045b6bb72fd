import { readToken } from '../../token.ts';
import type { FakeRequest } from '../fake-service.ts';
import { json } from '../right-service.ts';
import { tokenFor, tokenOf, validToken, withToken } from '../right-sign-in.ts';
import {
  answers,
  answersHeader,
  answersJson,
  mishears,
  misreads,
  on,
  read,
  type Wrong,
} from '../ways-to-be-wrong.ts';

const me = on('GET', '/api/currentUser');
const write = on('POST');

/** Takes a request for one of somebody who has signed in. */
const believes = (when: (request: FakeRequest) => boolean): Wrong['fault'] =>
  mishears(when, (request) => withToken(request, validToken('demo')));

const sets = (cookie: (right: string) => string): Wrong['fault'] =>
  answersHeader(me, 'set-cookie', cookie(tokenFor('demo')['set-cookie'] ?? ''));

const without = (attribute: RegExp): Wrong['fault'] =>
  sets((cookie) => cookie.replace(attribute, ''));

const givesToken = (claims: object): Wrong['fault'] =>
  answersHeader(
    me,
    'set-cookie',
    `token=${validToken('demo', claims)}; Path=/; HttpOnly; SameSite=Lax`,
  );

const unknown = (method: string) => (request: FakeRequest) =>
  on(method)(request) && tokenOf(request) === undefined;

/** Requests whose token has this in its header or payload, or that is otherwise like this. */
const tokenThat =
  (is: (parts: { header: Json; payload: Json; signature: string }) => boolean) =>
  (request: FakeRequest): boolean => {
    const token = tokenOf(request) ?? '';
    const [, payload, signature = ''] = token.split('.');
    if (!payload) return false;
    try {
      return is({ ...readToken(token), signature });
    } catch {
      return false;
    }
  };
type Json = Readonly<Record<string, unknown>>;

const now = (): number => Date.now() / 1000;
const isHs256 = ({ header }: { header: Json }): boolean => header['alg'] === 'HS256';

export const wrongSignIn: readonly Wrong[] = [
  { check: 'sign-in/cookie', does: 'lets scripts read the cookie', fault: without(/; HttpOnly/) },
  {
    check: 'sign-in/cookie',
    does: 'says nothing of other sites',
    fault: without(/; SameSite=Lax/),
  },
  {
    check: 'sign-in/cookie',
    does: 'sends the cookie along from other sites',
    fault: sets((cookie) => cookie.replace('Lax', 'None')),
  },
  { check: 'sign-in/cookie', does: 'gives no cookie', fault: answersHeader(me, 'set-cookie') },
  {
    check: 'sign-in/cookie',
    does: 'gives the cookie to every server of its domain',
    fault: sets((cookie) => `${cookie}; Domain=example.com`),
  },
  {
    check: 'sign-in/cookie',
    does: 'sets a cookie that http cannot send back',
    fault: sets((cookie) => `${cookie}; Secure`),
  },
  {
    check: 'sign-in/token',
    does: 'gives tokens that never end',
    fault: givesToken({ exp: undefined }),
  },
  {
    check: 'sign-in/token',
    does: 'gives tokens for years',
    fault: givesToken({ exp: Math.floor(now()) + 10 ** 9 }),
  },
  {
    check: 'sign-in/token',
    does: 'gives tokens for anybody',
    fault: givesToken({ aud: undefined }),
  },
  {
    check: 'sign-in/token',
    does: 'puts the password into the token',
    fault: givesToken({ passwordHash: '5f4dcc3b' }),
  },
  {
    check: 'sign-in/token-stays-in-its-cookie',
    does: 'sends the token in the body too',
    fault: answers(me, (reply, request) => {
      const token = tokenOf(request) ?? /=([^;]+)/.exec(reply.headers['set-cookie'] ?? '')?.[1];
      return { ...reply, body: JSON.stringify({ ...read(reply.body), token }) };
    }),
  },
  {
    check: 'sign-in/create-needs-it',
    does: 'takes a todo of anybody',
    fault: believes(unknown('POST')),
  },
  {
    check: 'sign-in/create-needs-it',
    does: 'says 401 and saves it all the same, as in 2020',
    fault: {
      handle: (right) => async (request, state) => {
        if (!unknown('POST')(request)) return right(request, state);
        await right(withToken(request, validToken('demo')), state);
        return right(request, state);
      },
    },
  },
  {
    check: 'sign-in/create-needs-it',
    does: 'says 403, as in 2020',
    fault: answers(unknown('POST'), (reply) => ({ ...reply, status: 403 })),
  },
  ...['PUT', 'DELETE', 'POST'].map((method) => ({
    check: 'sign-in/change-needs-it',
    does: `lets anybody ${method}`,
    fault: believes(unknown(method)),
  })),
  {
    check: 'sign-in/owner',
    does: 'takes the owner from the body',
    fault: {
      handle: (right) => async (request, state) => {
        const reply = await right(request, state);
        const { owner } = read(request.body);
        if (!write(request) || owner === undefined) return reply;
        return { ...reply, body: JSON.stringify({ ...read(reply.body), owner }) };
      },
    },
  },
  {
    check: 'sign-in/owner',
    does: 'forgets who has signed in',
    fault: answersJson(me, () => ({ name: 'Somebody' })),
  },
  ...['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data'].map((type) => ({
    check: 'sign-in/forms',
    does: `reads a body of ${type}`,
    fault: mishears(
      ({ headers }) => headers['content-type']?.startsWith(type) ?? false,
      (request) => ({
        ...request,
        headers: { ...request.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ name: /contract-\w+/.exec(request.body)?.[0], desc: 'x' }),
      }),
    ),
  })),
  {
    check: 'token/none',
    does: 'believes a token that says it needs no signature',
    fault: believes(tokenThat(({ header }) => String(header['alg']).toLowerCase() === 'none')),
  },
  {
    check: 'token/another-key',
    does: 'does not verify the signature',
    fault: believes(tokenThat(({ signature }) => signature !== '')),
  },
  {
    check: 'token/another-algorithm',
    does: 'verifies with whatever key comes with another algorithm',
    fault: believes(tokenThat(({ header }) => header['alg'] === 'RS256')),
  },
  {
    check: 'token/cut-signature',
    does: 'compares as much of the signature as there is',
    fault: believes(tokenThat((token) => isHs256(token) && token.signature.length < 43)),
  },
  {
    check: 'token/changed',
    does: 'reads the token before it verifies it',
    fault: believes(tokenThat(({ payload }) => payload['sub'] === 'admin')),
  },
  {
    check: 'token/garbage',
    does: 'breaks down over what is no token',
    fault: answers(
      (request) => write(request) && tokenOf(request) === 'a.b.c',
      (reply) => ({ ...reply, status: 500 }),
    ),
  },
  {
    check: 'token/expired',
    does: 'does not look at the clock',
    fault: believes(tokenThat(({ payload }) => Number(payload['exp']) < now())),
  },
  {
    check: 'token/no-end',
    does: 'takes a token without an end',
    fault: believes(tokenThat(({ payload }) => payload['exp'] === undefined)),
  },
  {
    check: 'token/not-yet',
    does: 'takes a token before its time',
    fault: believes(tokenThat(({ payload }) => Number(payload['nbf']) > now())),
  },
  {
    check: 'token/another-audience',
    does: 'takes a token for another service',
    fault: believes(tokenThat(({ payload }) => String(payload['aud']).startsWith('not-'))),
  },
  {
    check: 'token/another-audience',
    does: 'takes a token for no service',
    fault: believes(tokenThat(({ payload }) => payload['aud'] === undefined)),
  },
  {
    check: 'token/another-hash',
    does: 'lets the token choose how it is verified',
    fault: believes(tokenThat(({ header }) => header['alg'] === 'HS512')),
  },
];

const login = on('POST', '/api/login/account');
const register = on('POST', '/user/register');
const logout = on('POST', '/api/logout');
const users = on('GET', '/api/users');

const trusting = (path: string): Wrong['fault'] =>
  mishears(on('POST', path), (request) => ({
    ...request,
    headers: { ...request.headers, 'sec-fetch-site': undefined },
  }));

/** These are about accounts; the service that they break has them. */
export const wrongAccounts: readonly Wrong[] = [
  {
    check: 'accounts/unknown-user',
    does: 'calls everybody by a name',
    fault: believes((request) => me(request) && tokenOf(request) === undefined),
  },
  {
    check: 'accounts/register-and-log-in',
    does: 'fails every registration, as in 2020',
    fault: answers(register, () => json(200, { success: false })),
  },
  {
    check: 'accounts/register-and-log-in',
    does: 'forgets its first user, as in 2020',
    fault: answers(login, () => json(401, { status: 'error', type: 'account' })),
  },
  {
    check: 'accounts/register-and-log-in',
    does: 'answers a registration with the password',
    fault: answersJson(register, (body, request) => ({ ...body, ...read(request.body) })),
  },
  {
    check: 'accounts/register-and-log-in',
    does: 'logs somebody else in',
    fault: answersJson(me, (body) => ({ ...body, name: 'admin', userid: 'admin' })),
  },
  {
    check: 'accounts/name-taken',
    does: 'writes over an account',
    fault: answers(register, (reply) =>
      reply.status === 409 ? json(201, { userName: 'x' }) : reply,
    ),
  },
  {
    check: 'accounts/register-refuses',
    does: 'takes an empty password',
    fault: misreads(register, (body) =>
      body['password'] === '' ? { ...body, password: 'x' } : body,
    ),
  },
  {
    check: 'accounts/register-refuses',
    does: 'breaks down over __proto__',
    fault: answers(
      (request) => login(request) && request.body.includes('__proto__'),
      (reply) => ({ ...reply, status: 500 }),
    ),
  },
  {
    check: 'accounts/wrong-password',
    does: 'answers a wrong password with 200, as in 2020',
    fault: answers(login, (reply) => ({ ...reply, status: 200 })),
  },
  {
    check: 'accounts/wrong-password',
    does: 'tells whether a name is known',
    fault: {
      handle(right) {
        const known = new Set<unknown>();
        return async (request, state) => {
          const { userName } = read(request.body);
          if (register(request)) known.add(userName);
          const reply = await right(request, state);
          if (!login(request) || reply.status !== 401 || known.has(userName)) return reply;
          return { ...reply, body: JSON.stringify({ ...read(reply.body), hint: 'no such user' }) };
        };
      },
    },
  },
  {
    check: 'accounts/wrong-password',
    does: 'gives a cookie with the refusal',
    fault: answers(login, (reply) => ({
      ...reply,
      headers: { ...reply.headers, ...tokenFor('x') },
    })),
  },
  {
    check: 'accounts/log-out',
    does: 'leaves the cookie where it is',
    fault: answersHeader(logout, 'set-cookie'),
  },
  ...['/user/register', '/api/login/account', '/api/logout'].map((path) => ({
    check: 'accounts/cross-site',
    does: `does not ask where a POST to ${path} comes from`,
    fault: trusting(path),
  })),
  {
    check: 'accounts/list',
    does: 'shows its users to anybody, as in 2020',
    fault: believes((request) => users(request) && tokenOf(request) === undefined),
  },
  {
    check: 'accounts/list',
    does: 'shows hashes, as in 2020',
    fault: answers(users, (reply) => {
      if (reply.status !== 200) return reply;
      const list = JSON.parse(reply.body) as object[];
      return { ...reply, body: JSON.stringify(list.map((user) => ({ ...user, hash: 'x' }))) };
    }),
  },
  {
    check: 'accounts/list',
    does: 'lists nobody',
    fault: answers(users, (reply) => (reply.status === 200 ? { ...reply, body: '[]' } : reply)),
  },
];
