import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { databaseFile, unwritable } from '../models/database.ts';
import { createTodoStore } from '../models/todo-store.ts';
import type { TodoList } from '../models/todo-list.ts';
import { newFolder, startService } from './service.ts';

test('db.json lies beside the code, or in the temporary folder when told so', () => {
  assert.equal(databaseFile('/srv/todo', {}), '/srv/todo/db.json');
  assert.equal(databaseFile('/srv/todo', { TODO_STORAGE: 'code' }), '/srv/todo/db.json');
  assert.equal(
    databaseFile('/srv/todo', { TODO_STORAGE: 'tmp' }),
    path.join(os.tmpdir(), 'db.json'),
  );
});

test('what was acknowledged is in the file, and the next start reads it', async (t) => {
  const folder = await newFolder(t);
  const file = path.join(folder, 'db.json');
  const service = await startService(t, createTodoStore(file));
  const kept = await service.add('keep');
  const gone = await service.add('delete');
  await service.call('DELETE', '/api/rule', { key: gone.key });
  const onDisk: TodoList = { lastCallNo: 2, todos: [kept] };
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), onDisk);
  assert.deepEqual(await readdir(folder), ['db.json']);

  const next = await startService(t, createTodoStore(file));
  assert.deepEqual((await next.list()).data, [kept]);
  assert.equal((await next.add('new')).callNo, 3);
});

test('reading makes no file', async (t) => {
  const folder = await newFolder(t);
  const service = await startService(t, createTodoStore(path.join(folder, 'db.json')));
  assert.equal((await service.list()).total, 0);
  assert.deepEqual(await readdir(folder), []);
});

test('twenty writers at once: every acknowledged todo is in the file', async (t) => {
  const file = path.join(await newFolder(t), 'db.json');
  const service = await startService(t, createTodoStore(file));
  const added = await Promise.all(
    Array.from({ length: 20 }, (_, index) => service.add(`writer ${index}`)),
  );
  const { todos } = JSON.parse(await readFile(file, 'utf8')) as TodoList;
  assert.deepEqual(todos.map(({ key }) => key).toSorted(), added.map(({ key }) => key).toSorted());
  assert.deepEqual(
    todos.map(({ callNo }) => callNo),
    Array.from({ length: 20 }, (_, index) => 20 - index),
  );
});

for (const [what, content] of Object.entries({
  'is cut off': '{"lastCallNo": 1, "todos": [{"key": "a"',
  'is empty': '',
  'holds something else': '["a"]',
  'holds a todo without a name': '{"lastCallNo": 1, "todos": [{"key": "a"}]}',
})) {
  test(`a db.json that ${what} is said, never written over, and read again once it is mended`, async (t) => {
    const log = t.mock.method(console, 'error', () => undefined);
    const file = path.join(await newFolder(t), 'db.json');
    await writeFile(file, content);
    const service = await startService(t, createTodoStore(file));
    for (const [method, body] of [
      ['GET'],
      ['POST', { name: 'a' }],
      ['DELETE', { key: 'a' }],
    ] as const) {
      const answer = await service.call(method, '/api/rule', body);
      assert.deepEqual([answer.status, answer.json()['code']], [503, 'STORAGE_BROKEN']);
      assert.match(answer.text, /mend it or move it away/);
    }
    assert.equal(log.mock.callCount(), 3);
    assert.equal(await readFile(file, 'utf8'), content);

    await writeFile(file, '{"lastCallNo": 4, "todos": []}');
    assert.equal((await service.add('a')).callNo, 5);
  });
}

test('a write that fails changes nothing, and the next one is free to succeed', async (t) => {
  t.mock.method(console, 'error', () => undefined);
  const folder = await newFolder(t);
  const service = await startService(t, createTodoStore(path.join(folder, 'db.json')));
  const kept = await service.add('keep');
  await rm(folder, { recursive: true });
  for (const [method, body] of [
    ['POST', { name: 'phantom' }],
    ['PUT', { key: kept.key, name: 'phantom' }],
    ['DELETE', { key: kept.key }],
  ] as const) {
    const answer = await service.call(method, '/api/rule', body);
    assert.deepEqual([answer.status, answer.json()['code']], [503, 'STORAGE_FAILED']);
    assert.deepEqual((await service.list()).data, [kept]);
  }
  await mkdir(folder);
  assert.equal((await service.add('after')).callNo, 2);
});

test('the refusals of a read-only disk are told from other failures', () => {
  const codeFor = (code: string) => unwritable(Object.assign(new Error(code), { code })).code;
  for (const code of ['EROFS', 'ERR_ACCESS_DENIED', 'EACCES', 'EPERM'])
    assert.equal(codeFor(code), 'STORAGE_READ_ONLY');
  for (const code of ['ENOSPC', 'EIO', 'ENOENT']) assert.equal(codeFor(code), 'STORAGE_FAILED');
});
