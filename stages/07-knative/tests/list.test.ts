import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Todo } from '../models/todo.ts';
import { pageOf, type Query } from '../models/todo-page.ts';
import { startService } from './service.ts';

function todo(callNo: number, fields: Partial<Todo> = {}): Todo {
  const time = new Date(Date.UTC(2026, 0, callNo)).toISOString();
  return {
    ...{
      key: `k${callNo}`,
      name: `todo ${callNo}`,
      desc: '',
      status: 1,
      owner: 'demo',
      avatar: '',
      href: '',
    },
    ...{ callNo, progress: 0, disabled: false, createdAt: time, updatedAt: time, version: 1 },
    ...fields,
  };
}

function numbers(todos: readonly Todo[], query: Query): number[] {
  return pageOf(todos, query).data.map(({ callNo }) => callNo);
}

const FIVE = [
  todo(1, { name: 'Buy milk', status: 0, updatedAt: '2026-03-01T00:00:00.000Z' }),
  todo(2, { name: 'Buy bread', desc: 'whole grain', status: 2 }),
  todo(3, { name: '买牛奶', status: 2 }),
  todo(4, { name: 'Call mum', desc: 'about the milk' }),
  todo(5, { name: 'Sleep', status: 3 }),
];

test('the newest comes first, ten to a page', async (t) => {
  const service = await startService(t);
  for (let count = 1; count <= 12; count++) await service.add(`todo ${count}`);

  const first = await service.list();
  assert.deepEqual([first.total, first.success, first.pageSize, first.current], [12, true, 10, 1]);
  assert.equal(first.data[0]?.name, 'todo 12');
  assert.equal(first.data.length, 10);

  const second = await service.list('current=2&pageSize=10');
  assert.deepEqual(
    second.data.map(({ name }) => name),
    ['todo 2', 'todo 1'],
  );
  assert.equal(second.current, 2);
});

test('filters match a part of name and desc, and total counts what matches', () => {
  assert.deepEqual(numbers(FIVE, { name: 'buy' }), [2, 1]);
  assert.deepEqual(numbers(FIVE, { name: '牛' }), [3]);
  assert.deepEqual(numbers(FIVE, { desc: 'MILK' }), [4]);
  assert.deepEqual(numbers(FIVE, { name: 'b', desc: 'grain' }), [2]);
  assert.equal(pageOf(FIVE, { name: 'buy', pageSize: '1' }).total, 2);
});

test('status filters by one value or by several, repeated or joined', () => {
  assert.deepEqual(numbers(FIVE, { status: '2' }), [3, 2]);
  assert.deepEqual(numbers(FIVE, { status: '0,3' }), [5, 1]);
  assert.deepEqual(numbers(FIVE, { status: ['0', '3'] }), [5, 1]);
  assert.deepEqual(numbers(FIVE, { status: '9' }), []);
});

test('an empty value is no filter', () => {
  assert.deepEqual(numbers(FIVE, { name: '', desc: '', status: '', sorter: '' }), [5, 4, 3, 2, 1]);
});

test('a sorter orders by its column; equal values keep the newest first', () => {
  assert.deepEqual(numbers(FIVE, { sorter: 'updatedAt_ascend' }), [2, 3, 4, 5, 1]);
  assert.deepEqual(numbers(FIVE, { sorter: 'updatedAt_descend' }), [1, 5, 4, 3, 2]);
  assert.deepEqual(numbers(FIVE, { sorter: 'status_ascend' }), [1, 4, 3, 2, 5]);
  assert.deepEqual(numbers(FIVE, { sorter: 'callNo_ascend' }), [1, 2, 3, 4, 5]);
});

test('a sorter that names no column or direction is ignored', () => {
  for (const sorter of [
    'updatedAt_undefined',
    '__proto___ascend',
    'constructor_descend',
    'key_ascend',
    '_',
  ])
    assert.deepEqual(numbers(FIVE, { sorter }), [5, 4, 3, 2, 1], sorter);
});

test('paging that is no number falls back, and a page beyond the end is empty', () => {
  for (const value of ['0', '-1', 'abc', '1.5', ''])
    assert.deepEqual(numbers(FIVE, { current: value, pageSize: value }), [5, 4, 3, 2, 1], value);
  const beyond = pageOf(FIVE, { current: '9' });
  assert.deepEqual([beyond.data, beyond.total, beyond.current], [[], 5, 9]);
  assert.equal(pageOf(FIVE, { pageSize: '999999' }).pageSize, 1_000);
});
