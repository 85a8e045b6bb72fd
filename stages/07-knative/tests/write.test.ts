import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Todo } from '../models/todo.ts';
import { startService } from './service.ts';

test('a new todo has its own key, number, times and owner', async (t) => {
  const service = await startService(t);
  const answer = await service.call('POST', '/api/rule', { name: '  写代码 🚀 ', desc: 'now' });
  assert.equal(answer.status, 201);
  const { key, createdAt, updatedAt, ...rest } = answer.json<Todo>();
  assert.equal(key, '999999999999');
  assert.equal(createdAt, updatedAt);
  assert.ok(Math.abs(Date.parse(createdAt) - Date.now()) < 10_000);
  assert.deepEqual(rest, {
    ...{
      name: '写代码 🚀',
      desc: 'now',
      status: 1,
      owner: 'demo',
      avatar: './favicon.svg',
      href: './',
    },
    ...{ callNo: 1, progress: 0, disabled: false, version: 1 },
  });
});

test("a client cannot set what is the server's", async (t) => {
  const service = await startService(t);
  const forged = {
    key: 'mine',
    owner: 'root',
    createdAt: '1999',
    callNo: 99,
    status: 2,
    version: 7,
  };
  const added = (await service.call('POST', '/api/rule', { name: 'a', ...forged })).json<Todo>();
  assert.notEqual(added.key, 'mine');
  assert.deepEqual([added.owner, added.callNo, added.status, added.version], ['demo', 1, 1, 1]);

  const change = { owner: 'root', createdAt: '1999', callNo: 99, avatar: 'x' };
  const changed = (
    await service.call('PUT', '/api/rule', { key: added.key, ...change })
  ).json<Todo>();
  assert.deepEqual({ ...changed, updatedAt: '', version: 1 }, { ...added, updatedAt: '' });
});

test('numbers are not given twice, even after a deletion', async (t) => {
  const service = await startService(t);
  const added = await Promise.all(['a', 'b', 'c'].map((name) => service.add(name)));
  await service.call('DELETE', '/api/rule', { key: added.map(({ key }) => key) });
  assert.deepEqual(
    added.map(({ callNo }) => callNo).toSorted((a, b) => a - b),
    [1, 2, 3],
  );
  assert.equal((await service.add('d')).callNo, 4);
});

test('a change merges: what is not sent stays, updatedAt and version move', async (t) => {
  const service = await startService(t);
  const added = await service.add('Buy milk', 'two bottles');
  await sleep(5);
  const answer = await service.call('PUT', '/api/rule', { key: added.key, status: '2' });
  assert.equal(answer.status, 200);
  const changed = answer.json<Todo>();
  assert.deepEqual([changed.name, changed.desc, changed.status], ['Buy milk', 'two bottles', 2]);
  assert.deepEqual([changed.progress, changed.version], [100, 2]);
  assert.equal(changed.createdAt, added.createdAt);
  assert.ok(changed.updatedAt > added.updatedAt);
  assert.deepEqual((await service.list()).data, [changed]);
});

test('of many changes to one version one wins, the others get 409', async (t) => {
  const service = await startService(t);
  const { key } = await service.add('contested');
  const names = Array.from({ length: 10 }, (_, index) => `writer ${index}`);
  const answers = await Promise.all(
    names.map((name) => service.call('PUT', '/api/rule', { key, name, version: 1 })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, ...Array(9).fill(409)],
  );
  const winner = answers.find(({ status }) => status === 200)?.json<Todo>();
  assert.deepEqual((await service.list()).data, [winner]);
  assert.equal(winner?.version, 2);
  assert.equal(
    (await service.call('PUT', '/api/rule', { key, name: 'x', version: '2' })).status,
    200,
  );
});

test('a change to an unknown key is 404 and changes nothing', async (t) => {
  const service = await startService(t);
  const added = await service.add('a');
  for (const key of ['nope', '__proto__', 'constructor', 7])
    assert.equal((await service.call('PUT', '/api/rule', { key, name: 'b' })).status, 404);
  assert.deepEqual((await service.list()).data, [added]);
});

test('a deletion takes exact keys, one or many, and answers page 1', async (t) => {
  const service = await startService(t);
  const added = [];
  for (const name of ['a', 'b', 'c']) added.push(await service.add(name));
  const [a, b, c] = added.map(({ key }) => key);

  const part = await service.call('DELETE', '/api/rule', { key: a?.slice(0, 8) });
  assert.deepEqual([part.status, (await service.list()).total], [200, 3]);

  const one = await service.call('DELETE', '/api/rule', { key: a, method: 'delete' });
  assert.deepEqual(one.json(), { list: [added[2], added[1]], pagination: { total: 2 } });
  const many = await service.call('DELETE', '/api/rule', { key: [b, c, 'gone'] });
  assert.deepEqual(many.json(), { list: [], pagination: { total: 0 } });
});
