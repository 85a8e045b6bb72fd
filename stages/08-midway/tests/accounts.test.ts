import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Row, Tables } from '../models/table.ts';
import { memoryTables } from './memory-tables.ts';
import { startService } from './service.ts';

const ADA = { userName: 'ada', password: 'correct horse' };
const DEMO = { userName: 'demo', password: 'serverless' };

async function accountsIn(tables: Tables): Promise<Row[]> {
  const rows: Row[] = [];
  const from = { list: 'user', name: '' };
  for await (const row of tables.range('todo_user', from, from)) rows.push(row);
  return rows;
}

it('the first user can register, log in, write and log out', async (test) => {
  const ada = (await startService(test)).client();
  assert.equal((await ada.call('GET', '/api/currentUser')).status, 401);
  assert.equal((await ada.call('POST', '/user/register', ADA)).status, 201);
  const login = await ada.call('POST', '/api/login/account', ADA);
  assert.deepEqual(login.json(), { status: 'ok', type: 'account', currentAuthority: 'user' });
  assert.equal((await ada.call('GET', '/api/currentUser')).json()['name'], 'ada');
  const todo = await ada.call('POST', '/api/rule', { name: 'Buy milk' });
  assert.deepEqual([todo.status, todo.json()['owner']], [201, 'ada']);
  await ada.call('POST', '/api/logout', {});
  assert.equal((await ada.call('POST', '/api/rule', { name: 'Buy more' })).status, 401);
});

it('a taken name is 409, a wrong password 401, and neither says more', async (test) => {
  const { client } = await startService(test);
  await client().call('POST', '/user/register', ADA);
  const taken = await client().call('POST', '/user/register', { ...ADA, password: 'another one' });
  assert.equal(taken.status, 409);
  const wrong = await client().call('POST', '/api/login/account', { ...ADA, password: 'wrong' });
  const unknown = await client().call('POST', '/api/login/account', { ...ADA, userName: 'eve' });
  assert.deepEqual([wrong.status, unknown.status, wrong.text], [401, 401, unknown.text]);
  assert.deepEqual([wrong.headers.getSetCookie(), wrong.json()['status']], [[], 'error']);
});

it('users are listed to those who have signed in, and neither list nor table has a password', async (test) => {
  const tables = memoryTables();
  const ada = (await startService(test, tables)).client();
  await ada.call('POST', '/user/register', ADA);
  assert.equal((await ada.call('GET', '/api/users')).status, 401);
  await ada.call('POST', '/api/login/account', ADA);
  const { data } = (await ada.call('GET', '/api/users')).json();
  assert.deepEqual(data, [{ userid: 'ada', name: 'ada', avatar: './favicon.svg', access: 'user' }]);
  assert.equal(JSON.stringify(await accountsIn(tables)).includes(ADA.password), false);
});

it('the same password is stored as two hashes', async (test) => {
  const tables = memoryTables();
  const { client } = await startService(test, tables);
  await client().call('POST', '/user/register', ADA);
  await client().call('POST', '/user/register', { ...ADA, userName: 'bob' });
  const hashes = (await accountsIn(tables)).map((row) => row['password']);
  assert.equal(new Set(hashes).size, 2);
});

it('the cookie ends, and is out of reach of scripts and other sites', async (test) => {
  const { client } = await startService(test);
  const plain = await client().call('POST', '/api/login/account', DEMO);
  const [cookie = ''] = plain.headers.getSetCookie();
  assert.match(cookie, /^token=[\w.-]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/);
  const https = { 'x-forwarded-proto': 'https' };
  const secure = await client().call('POST', '/api/login/account', DEMO, https);
  assert.match(secure.headers.getSetCookie()[0] ?? '', /; Secure$/);
});
