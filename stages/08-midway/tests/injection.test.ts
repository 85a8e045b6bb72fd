import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ApiError } from '../api-error.ts';
import { memoryTables } from './memory-tables.ts';
import { startService } from './service.ts';

const DEMO = { userName: 'demo', password: 'serverless' };

it('the table is swapped for one in memory, and nothing else knows', async (test) => {
  const user = (await startService(test)).client();
  await user.call('POST', '/api/login/account', DEMO);
  for (const name of ['milk', 'bread', 'tea']) await user.call('POST', '/api/rule', { name });
  const page = await user.call('GET', '/api/rule?current=1&pageSize=2');
  const { data, total } = page.json<{ data: { name: string }[]; total: number }>();
  assert.deepEqual([data.map(({ name }) => name), total], [['tea', 'bread'], 3]);
});

it('a table that fails is injected to see what a reader is told', async (test) => {
  const tables = memoryTables();
  const user = (await startService(test, tables)).client();
  await user.call('POST', '/api/login/account', DEMO);
  tables.increment = () =>
    Promise.reject(new ApiError(503, 'TABLE_UNREACHABLE', 'the table cannot be reached'));
  const answer = await user.call('POST', '/api/rule', { name: 'milk' });
  assert.deepEqual([answer.status, answer.json()['code']], [503, 'TABLE_UNREACHABLE']);
});

it('what nobody foresaw is 500 without a stack', async (test) => {
  test.mock.method(console, 'error', () => undefined);
  const tables = memoryTables();
  const user = (await startService(test, tables)).client();
  await user.call('POST', '/api/login/account', DEMO);
  tables.increment = () => Promise.reject(new TypeError('a bug'));
  const answer = await user.call('POST', '/api/rule', { name: 'milk' });
  assert.deepEqual([answer.status, answer.json()['code']], [500, 'INTERNAL']);
  assert.equal(answer.text.includes('a bug'), false);
});
