import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { addOnce, REQUEST_TABLE } from '../models/add-once.ts';
import { openTables, type Tables } from '../models/table.ts';
import { TABLE, tableTodoStore } from '../models/table-todo-store.ts';
import { toRow } from '../models/todo-row.ts';
import type { TodoStore } from '../models/todo-store.ts';
import type { Todo } from '../models/todo.ts';
import { startService, type Answer, type Service } from './service.ts';
import { startTable } from './table.ts';

const DRAFT = { name: 'Buy milk', desc: '' };
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

function post(service: Service, id: string, body: object = DRAFT): Promise<Answer> {
  return service.call('POST', '/api/rule', body, { 'idempotency-key': id });
}

/** Two instances on one table, and a client of it beside them. */
async function start(t: TestContext): Promise<{
  readonly instances: [Service, Service];
  readonly tables: Tables;
  readonly storeAt: (now: () => Date) => TodoStore;
}> {
  const { address } = await startTable(t);
  const open = (now?: () => Date) => tableTodoStore(openTables(address), now);
  const instances = [await startService(t, open()), await startService(t, open())];
  return {
    instances: instances as [Service, Service],
    tables: openTables(address),
    storeAt: (now) => open(now),
  };
}

test('a request that is sent again gets the same todo, from any instance', async (t) => {
  const { instances } = await start(t);
  const first = await post(instances[0], 'retry-1');
  const second = await post(instances[1], 'retry-1');
  assert.deepEqual([first.status, second.status], [201, 201]);
  assert.deepEqual(second.json(), first.json());
  assert.equal((await instances[0].list()).total, 1);
});

test('of twenty attempts at the same moment on two instances one todo comes', async (t) => {
  const { instances } = await start(t);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => post(instances[index % 2] as Service, 'impatient')),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
  assert.deepEqual((await instances[1].list()).data, [answers[0]?.json()]);
});

test('the same key with another todo is 422 and adds nothing', async (t) => {
  const { instances } = await start(t);
  await post(instances[0], 'k');
  for (const other of [
    { ...DRAFT, name: 'Buy bread' },
    { ...DRAFT, desc: 'two litres' },
  ]) {
    const answer = await post(instances[1], 'k', other);
    assert.deepEqual([answer.status, answer.json()['code']], [422, 'IDEMPOTENCY_KEY_REUSED']);
  }
  assert.equal((await instances[0].list()).total, 1);
});

test('another key is another todo, and so is none', async (t) => {
  const { instances } = await start(t);
  const [service] = instances;
  for (const id of ['a', 'A', 'a.b', '~'.repeat(255)])
    assert.equal((await post(service, id)).status, 201);
  await service.add('Buy milk');
  await service.add('Buy milk');
  assert.equal((await service.list()).total, 6);
});

test('a key that is none is refused', async (t) => {
  const { instances } = await start(t);
  for (const id of ['', 'a b', 'a'.repeat(256), '\u00e9']) {
    const answer = await post(instances[0], id);
    assert.deepEqual([answer.status, answer.json()['code']], [400, 'IDEMPOTENCY_KEY_INVALID'], id);
  }
  assert.equal((await instances[0].list()).total, 0);
});

test('a todo that was changed or deleted since is not brought back by a late attempt', async (t) => {
  const { instances } = await start(t);
  const [service] = instances;
  const { key } = (await post(service, 'late')).json<Todo>();
  await service.call('PUT', '/api/rule', { key, status: 2 });
  assert.equal((await post(service, 'late')).status, 201);
  assert.equal((await service.list()).data[0]?.status, 2);
  await service.call('DELETE', '/api/rule', { key });
  assert.equal((await post(service, 'late')).status, 201);
  assert.equal((await service.list()).total, 0);
});

test('an attempt that died before or after its todo was stored is completed by the next one', async (t) => {
  const { instances, tables } = await start(t);
  const [service] = instances;
  await service.list();
  const todo = { ...(await service.add('Buy milk')), key: '999999999900' };
  for (const [id, dies] of [
    ['before', () => Promise.reject(new Error('killed'))],
    [
      'after',
      async (stored: Todo) => {
        await tables.put(TABLE, { list: 'todo', key: stored.key }, toRow(stored), 'absent');
        throw new Error('killed');
      },
    ],
  ] as const) {
    const key = `9999999999${id === 'before' ? '01' : '02'}`;
    const attempt = addOnce(
      tables,
      { id, draft: DRAFT, owner: 'demo', now: new Date() },
      { make: () => Promise.resolve({ ...todo, key }), insert: dies },
    );
    await assert.rejects(attempt, /killed/);
    const answer = await post(service, id);
    assert.deepEqual([answer.status, answer.json<Todo>().key], [201, key]);
    const { data } = await service.list();
    assert.equal(data.filter((one) => one.key === key).length, 1);
  }
});

test('a day later the same key is a new request', async (t) => {
  const { instances, storeAt } = await start(t);
  const [service] = instances;
  const first = (await post(service, 'daily')).json<Todo>();
  const later = storeAt(() => new Date(Date.now() + DAY_MILLISECONDS + 1_000));
  const attempts = await Promise.all(
    Array.from({ length: 5 }, () => later.add({ name: 'Buy tea', desc: '' }, 'demo', 'daily')),
  );
  assert.deepEqual(new Set(attempts.map(({ key }) => key)).size, 1);
  assert.notEqual(attempts[0]?.key, first.key);
  assert.equal((await service.list()).total, 2);
});

test('requests are kept in a table that forgets them after a day', async (t) => {
  const { instances, tables } = await start(t);
  await post(instances[0], 'kept');
  const rows = tables.range(REQUEST_TABLE, { id: '0' }, { id: 'g' });
  const found = [];
  for await (const row of rows) found.push(row);
  assert.equal(found.length, 1);
  assert.deepEqual(Object.keys(found[0] ?? {}).toSorted(), ['at', 'content', 'done', 'id', 'todo']);
});
