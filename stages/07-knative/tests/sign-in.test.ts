import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignJWT, UnsecuredJWT } from 'jose';
import { DEMO } from '../models/account.ts';
import { createTokens, signingKey } from '../models/token.ts';
import { startProgram } from './program.ts';
import { KEY, newStore, signIn, startService, type Service } from './service.ts';

test('logging in sets a cookie that no script reads and no other site sends', async (t) => {
  const service = await startService(t);
  const logIn = (headers: Record<string, string> = {}) =>
    service.call('POST', '/api/login/account', DEMO, { cookie: '', ...headers });
  const plain = await logIn();
  assert.deepEqual(plain.json(), { status: 'ok', type: 'account', currentAuthority: 'user' });
  assert.equal(plain.headers.get('cache-control'), 'no-store');
  const [cookie = ''] = plain.headers.getSetCookie();
  assert.match(
    cookie,
    /^token=[\w-]+\.[\w-]+\.[\w-]+; Max-Age=43200; Path=\/; .*HttpOnly; SameSite=Lax$/,
  );
  assert.doesNotMatch(cookie, /Secure/);
  const secure = await logIn({ 'x-forwarded-proto': 'https' });
  assert.match(secure.headers.getSetCookie()[0] ?? '', /; Secure/);
});

test('an account is made once, known by its password, and listed without secrets', async (t) => {
  const service = await startService(t);
  const ada = { userName: 'ada', password: 'correct horse' };
  const post = (path: string, body: unknown) => service.call('POST', path, body, { cookie: '' });
  const registered = await post('/user/register', ada);
  assert.deepEqual([registered.status, registered.json()['name']], [201, 'ada']);
  const taken = await post('/user/register', { ...ada, password: 'another one' });
  assert.deepEqual([taken.status, taken.json()['code']], [409, 'USER_NAME_TAKEN']);
  const wrong = await post('/api/login/account', { ...ada, password: 'another one' });
  assert.deepEqual(
    [wrong.status, wrong.json()['status'], wrong.headers.getSetCookie()],
    [401, 'error', []],
  );
  const right = await post('/api/login/account', ada);
  const cookie = right.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const me = await service.call('GET', '/api/currentUser', undefined, { cookie });
  assert.equal(me.json()['userid'], 'ada');
  assert.equal((await service.call('GET', '/api/users')).status, 401);
  const users = await service.call('GET', '/api/users', undefined, { cookie });
  assert.deepEqual(
    users.json<{ data: { userid: string }[] }>().data.map(({ userid }) => userid),
    ['ada'],
  );
  assert.doesNotMatch(users.text, /scrypt|password/);
  const out = await service.call('POST', '/api/logout', {}, { cookie });
  assert.match(out.headers.getSetCookie()[0] ?? '', /^token=; .*Expires=Thu, 01 Jan 1970/);
});

test('a write without a token is 401 and changes nothing; reading needs none', async (t) => {
  const service = await startService(t);
  const { key } = await service.add('ours');
  const before = await service.list();
  for (const [method, body] of [
    ['POST', { name: 'theirs' }],
    ['PUT', { key, name: 'theirs' }],
    ['DELETE', { key }],
    // The body is not even looked at.
    ['POST', '{'],
  ] as const) {
    const answer = await service.call(method, '/api/rule', body, { cookie: '' });
    assert.deepEqual([answer.status, answer.json()['code']], [401, 'SIGN_IN_NEEDED'], method);
  }
  assert.deepEqual(await service.list(), before);
});

test('a write from another site is 403 with the token too', async (t) => {
  const service = await startService(t);
  const cookie = await signIn(service.url);
  const elsewhere = { cookie, 'sec-fetch-site': 'cross-site' };
  const answer = await service.call('POST', '/api/rule', { name: 'theirs' }, elsewhere);
  assert.deepEqual([answer.status, answer.json()['code']], [403, 'CROSS_SITE']);
  assert.equal((await service.list()).total, 0);
});

test('the token counts among other cookies, and is whose it says', async (t) => {
  const service = await startService(t, await newStore(t));
  const token = await createTokens(KEY).issue('ada');
  const cookie = `lang=en; tokens=x; token=${token}; other=1`;
  const added = await service.call('POST', '/api/rule', { name: 'hers', owner: 'eve' }, { cookie });
  assert.deepEqual([added.status, added.json()['owner']], [201, 'ada']);
});

/** What a token says when it is made as ours are. */
const claims = (alg = 'HS256'): SignJWT =>
  new SignJWT({ sub: 'demo' }).setProtectedHeader({ alg }).setAudience('todo');
const soon = (token: SignJWT): SignJWT => token.setExpirationTime('1 h');

const REFUSED: readonly [name: string, make: () => Promise<string> | string][] = [
  ['nothing', () => ''],
  ['no token', () => 'a.b.c'],
  [
    'alg none',
    () => new UnsecuredJWT({ sub: 'demo' }).setAudience('todo').setExpirationTime('1 h').encode(),
  ],
  ['another key', () => soon(claims()).sign(new Uint8Array(32))],
  ['another hash', () => soon(claims('HS512')).sign(KEY)],
  ['an end in the past', () => claims().setExpirationTime('1 s ago').sign(KEY)],
  ['no end', () => claims().sign(KEY)],
  ['a beginning in the future', () => soon(claims()).setNotBefore('1 h').sign(KEY)],
  ['another audience', () => soon(claims()).setAudience('elsewhere').sign(KEY)],
  [
    'nobody it is for',
    () => soon(new SignJWT({ sub: 'demo' }).setProtectedHeader({ alg: 'HS256' })).sign(KEY),
  ],
  [
    'nobody it is of',
    () =>
      soon(new SignJWT().setProtectedHeader({ alg: 'HS256' }))
        .setAudience('todo')
        .sign(KEY),
  ],
  ['a signature cut short', async () => (await soon(claims()).sign(KEY)).slice(0, -8)],
  ['no signature', async () => (await soon(claims()).sign(KEY)).replace(/[^.]*$/, '')],
  [
    'other claims under the same signature',
    async () => {
      const [header, , signature] = (await soon(claims()).sign(KEY)).split('.');
      const forged = Buffer.from('{"sub":"root","aud":"todo","exp":99999999999}').toString(
        'base64url',
      );
      return `${header}.${forged}.${signature}`;
    },
  ],
];

test('of tokens only those that this service has signed and that are valid now count', async (t) => {
  const service = await startService(t);
  const write = async (token: string): Promise<number> =>
    (await service.call('POST', '/api/rule', { name: 'a' }, { cookie: `token=${token}` })).status;
  // As ours are made, it is taken: so below it is the one difference that makes it fail.
  assert.equal(await write(await soon(claims()).sign(KEY)), 201);
  for (const [name, make] of REFUSED) assert.equal(await write(await make()), 401, name);
  await refuses(service);
});

/** One todo is there: the one that was signed. */
async function refuses(service: Service): Promise<void> {
  assert.equal((await service.list()).total, 1);
}

test('a key has 32 bytes in base64url or base64, and none is made up in silence', () => {
  const read = (JWT_SECRET?: string) => signingKey(JWT_SECRET === undefined ? {} : { JWT_SECRET });
  const bytes = Buffer.alloc(32, 250);
  assert.deepEqual(Buffer.from(read(bytes.toString('base64url'))), bytes);
  assert.deepEqual(Buffer.from(read(bytes.toString('base64'))), bytes);
  assert.throws(() => read(), /JWT_SECRET is not set: expected a key of 32 bytes or more/);
  assert.throws(() => read(''), /is not set/);
  assert.throws(() => read(Buffer.alloc(31).toString('base64url')), /is 31 bytes/);
  assert.throws(
    () => read('correct horse battery staple and then some more words'),
    /is no base64/,
  );
});

test('without a key, or with a short one, the program does not start and says why', async (t) => {
  for (const [JWT_SECRET, found] of [
    ['', 'not set'],
    ['secret', '4 bytes'],
  ] as const) {
    const program = startProgram(t, { PORT: '0', JWT_SECRET });
    assert.equal((await program.exited).code, 1);
    assert.match(
      program.output(),
      new RegExp(`JWT_SECRET is ${found}: expected a key of 32 bytes`),
    );
    if (JWT_SECRET) assert.doesNotMatch(program.output(), new RegExp(`"${JWT_SECRET}"`));
  }
});
