import type { Check } from '../check.ts';
import type { Reply } from '../client.ts';
import { expectEqual, expectError, expectStatus, expectThat, isRecord, object } from '../expect.ts';
import { cookiesOf, logIn, newAccount, post, register, tokenCookie } from '../session.ts';

const CROSS_SITE = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' };
const ME = { method: 'GET', path: '/api/currentUser' } as const;

/** Accounts of one's own. Those that are made here stay: no request removes one. */
export const accountChecks: readonly Check[] = [
  {
    id: 'accounts/unknown-user',
    title: 'who has not signed in is 401',
    needs: ['accounts'],
    async run(api) {
      expectError(await api.stranger(ME), 401);
    },
  },
  {
    id: 'accounts/register-and-log-in',
    title: 'a new user is registered with 201, can log in, and is who they are',
    needs: ['accounts'],
    async run(api) {
      const account = newAccount();
      const registered = await api.stranger(register(account));
      expectStatus(registered, 201);
      expectNoSecrets(registered, account.password);
      const reply = await api.stranger(logIn(account));
      expectStatus(reply, 200);
      const { status, type, currentAuthority } = object(reply);
      expectEqual('status', status, 'ok');
      expectEqual('type of type', typeof type, 'string');
      expectEqual('type of currentAuthority', typeof currentAuthority, 'string');
      const { name, value } = tokenCookie(reply);
      const me = await api.stranger({ ...ME, headers: { cookie: `${name}=${value}` } });
      expectStatus(me, 200);
      expectThat(
        Object.values(object(me)).includes(account.userName),
        `${me.what}: expected the user ${account.userName}, found ${me.text.slice(0, 160)}`,
      );
      expectNoSecrets(me, account.password);
    },
  },
  {
    id: 'accounts/name-taken',
    title: 'a name that somebody has is 409, and their password stays',
    needs: ['accounts'],
    async run(api) {
      const account = newAccount();
      expectStatus(await api.stranger(register(account)), 201);
      const other = { ...account, password: newAccount().password };
      expectError(await api.stranger(register(other)), 409);
      expectStatus(await api.stranger(logIn(account)), 200);
      expectStatus(await api.stranger(logIn(other)), 401);
    },
  },
  {
    id: 'accounts/register-refuses',
    title: 'a name or password that is none is 400, also one of an object’s own names',
    needs: ['accounts'],
    async run(api) {
      const { userName, password } = newAccount();
      const bodies = [
        {},
        { userName },
        { password },
        { userName: '', password },
        { userName, password: '' },
        { userName: { $gt: '' }, password },
        { userName, password: [password] },
        { userName: 'n'.repeat(201), password },
      ];
      for (const body of bodies) expectError(await api.stranger(post('/user/register', body)), 400);
      for (const name of ['__proto__', 'constructor'])
        expectStatus(await api.stranger(logIn({ userName: name, password })), 400, 401);
    },
  },
  {
    id: 'accounts/wrong-password',
    title: 'a wrong password is 401 without a cookie, and looks like an unknown name',
    needs: ['accounts'],
    async run(api) {
      const account = newAccount();
      expectStatus(await api.stranger(register(account)), 201);
      const replies = [
        await api.stranger(logIn({ ...account, password: `${account.password}x` })),
        await api.stranger(logIn(newAccount())),
      ];
      for (const reply of replies) {
        expectStatus(reply, 401);
        expectEqual(`${reply.what}: status`, object(reply)['status'], 'error');
        expectThat(
          !cookiesOf(reply).some(({ value }) => value !== ''),
          `${reply.what}: a cookie comes with the refusal`,
        );
      }
      expectEqual('the answer to an unknown name', replies[1]?.text, replies[0]?.text);
    },
  },
  {
    id: 'accounts/log-out',
    title: 'logging out takes the cookie away',
    needs: ['accounts'],
    async run(api) {
      const { cookie } = await api.session();
      const headers = {
        'content-type': 'application/json',
        cookie: `${cookie.name}=${cookie.value}`,
      };
      const reply = await api.stranger({ ...post('/api/logout', {}), headers });
      expectStatus(reply, 200, 204);
      const cleared = cookiesOf(reply).find(({ name }) => name === cookie.name);
      expectThat(
        cleared !== undefined && hasEnded(cleared.attributes),
        `${reply.what}: expected Set-Cookie that ends ${cookie.name}, found ${reply.headers['set-cookie']?.join(', ') ?? 'none'}`,
      );
    },
  },
  {
    id: 'accounts/cross-site',
    title: 'another site can neither log somebody in nor out, nor register them (3.5)',
    needs: ['accounts'],
    async run(api) {
      const account = newAccount();
      expectStatus(await api.stranger(register(account)), 201);
      const attempts = [register(newAccount()), logIn(account), post('/api/logout', {})];
      for (const request of attempts) {
        const headers = { ...request.headers, ...CROSS_SITE };
        const reply = await api.stranger({ ...request, headers });
        expectError(reply, 403);
        expectThat(cookiesOf(reply).length === 0, `${reply.what}: a cookie comes with the refusal`);
      }
    },
  },
  {
    id: 'accounts/list',
    title: 'the users are shown to who has signed in, without secrets',
    needs: ['accounts'],
    async run(api) {
      expectError(await api.stranger({ method: 'GET', path: '/api/users' }), 401);
      const { account } = await api.session();
      const reply = await api.get('/api/users');
      expectStatus(reply, 200);
      expectThat(
        account !== undefined && reply.text.includes(account.userName),
        `${reply.what}: expected the user that this suite has registered`,
      );
      expectNoSecrets(reply, account.password);
    },
  },
];

const SECRET = /^(password|passwd|pwd|hash|salt|secret|token)/i;

function expectNoSecrets({ what, text }: Reply, password: string): void {
  expectThat(!text.includes(password), `${what}: the answer shows the password`);
  const found = text === '' ? undefined : secretIn(JSON.parse(text));
  expectThat(found === undefined, `${what}: the answer shows "${found}"`);
}

function secretIn(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(secretIn).find((name) => name !== undefined);
  if (!isRecord(value)) return undefined;
  const own = Object.keys(value).find((name) => SECRET.test(name));
  return own ?? secretIn(Object.values(value));
}

function hasEnded(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  return Date.parse(attributes.get('expires') ?? '') <= Date.now();
}
