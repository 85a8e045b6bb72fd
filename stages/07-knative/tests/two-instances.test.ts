import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openTodoStore } from '../models/todo-store.ts';
import type { Todo } from '../models/todo.ts';
import { startService, type Service } from './service.ts';
import { startTable } from './table.ts';

/** Two instances of the service, each with a client and a memory of its own, and one table. */
async function twoInstances(t: TestContext, store = 'table'): Promise<[Service, Service]> {
  const { address } = await startTable(t);
  const open = () => openTodoStore(address, { TODO_STORE: store });
  return [await startService(t, open()), await startService(t, open())];
}

/** Every other call goes to the other instance. */
function alternately<Result>(
  [a, b]: readonly [Service, Service],
  count: number,
  call: (instance: Service, index: number) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => call(index % 2 === 0 ? a : b, index)),
  );
}

test('what one instance has acknowledged, the other one shows at once', async (t) => {
  const [a, b] = await twoInstances(t);
  const added = await a.add('written here');
  assert.deepEqual((await b.list()).data, [added]);
  const changed = (
    await b.call('PUT', '/api/rule', { key: added.key, name: 'changed there' })
  ).json<Todo>();
  assert.deepEqual((await a.list()).data, [changed]);
  await a.call('DELETE', '/api/rule', { key: added.key });
  assert.deepEqual((await b.list()).data, []);
});

test('of twenty adds on two instances all are in the list of both, newest first', async (t) => {
  const instances = await twoInstances(t);
  const added = await alternately(instances, 20, (instance, index) =>
    instance.add(`writer ${index}`),
  );
  for (const instance of instances) {
    const { data, total } = await instance.list('pageSize=100');
    assert.equal(total, 20);
    assert.deepEqual(
      data.map(({ callNo }) => callNo),
      Array.from({ length: 20 }, (_, index) => 20 - index),
    );
    assert.deepEqual(new Set(data.map(({ key }) => key)), new Set(added.map((todo) => todo.key)));
  }
});

test('of many edits of one version on two instances one wins, and both show it', async (t) => {
  const instances = await twoInstances(t);
  const { key } = await instances[0].add('contested');
  const answers = await alternately(instances, 12, (instance, index) =>
    instance.call('PUT', '/api/rule', { key, name: `writer ${index}`, version: 1 }),
  );
  const winners = answers.filter((answer) => answer.status === 200);
  assert.equal(winners.length, 1);
  assert.equal(answers.filter((answer) => answer.status === 409).length, 11);
  for (const instance of instances)
    assert.deepEqual((await instance.list()).data, [winners[0]?.json()]);
});

test('edits that name no version all apply, one after the other', async (t) => {
  const instances = await twoInstances(t);
  const { key } = await instances[0].add('a');
  const answers = await alternately(instances, 12, (instance, index) =>
    instance.call('PUT', '/api/rule', { key, desc: `edit ${index}` }),
  );
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([200]));
  assert.equal((await instances[1].list()).data[0]?.version, 13);
});

test('a todo that is deleted on one instance while the other edits it does not come back', async (t) => {
  const instances = await twoInstances(t);
  for (let round = 0; round < 5; round++) {
    const { key } = await instances[0].add(`round ${round}`);
    const [removed, ...edits] = await Promise.all([
      instances[0].call('DELETE', '/api/rule', { key }),
      ...Array.from({ length: 4 }, () => instances[1].call('PUT', '/api/rule', { key, status: 2 })),
    ]);
    assert.equal(removed.status, 200);
    for (const { status } of edits) assert.ok(status === 200 || status === 404, String(status));
    assert.equal((await instances[1].list()).total, 0);
  }
});

test('a page is read by its rows, and is the one that reading all todos gives', async (t) => {
  const [a, b] = await twoInstances(t);
  await Promise.all(Array.from({ length: 25 }, (_, index) => a.add(`todo ${index}`)));
  const { data, total } = await b.list('current=3&pageSize=10');
  assert.equal(total, 25);
  assert.deepEqual(
    data.map(({ callNo }) => callNo),
    [5, 4, 3, 2, 1],
  );
  assert.deepEqual((await b.list('current=4&pageSize=10')).data, []);
  // With a filter all are read, and the answer is cut out of them.
  const filtered = await b.list('current=3&pageSize=10&name=todo');
  assert.deepEqual(filtered.data, data);
});

test('the way of 2020, one cell and a copy in memory, loses what it has acknowledged', async (t) => {
  const [a, b] = await twoInstances(t, 'one-cell');
  assert.deepEqual([(await a.list()).total, (await b.list()).total], [0, 0]);
  for (let writer = 0; writer < 5; writer++) {
    const answers = await Promise.all(
      [a, b].map((instance) => instance.call('POST', '/api/rule', { name: `writer ${writer}` })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201],
    );
  }
  assert.deepEqual([(await a.list()).total, (await b.list()).total], [5, 5]);
});
