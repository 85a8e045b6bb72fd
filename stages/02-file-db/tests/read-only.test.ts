import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import type { FcResponse } from '../fc-adapter.ts';
import type { TodoList } from '../models/todo-list.ts';
import { httpEvent } from './event.ts';
import { newFolder } from './service.ts';

const run = promisify(execFile);
const STAGE = path.join(import.meta.dirname, '..');
const NODE_20 = process.versions.node.startsWith('20.');

/** Calls the built function in a process that may write nothing but `writable`, as on the platform. */
async function callFunction(
  t: TestContext,
  events: readonly Buffer[],
  environment: Record<string, string>,
): Promise<{ answers: FcResponse[]; folder: string; writable: string }> {
  const folder = await realpath(await newFolder(t));
  const writable = await realpath(await newFolder(t));
  await run(process.execPath, ['build-fc.mjs', `${folder}/dist`], { cwd: STAGE });
  await writeFile(
    `${folder}/call.cjs`,
    `const { handler } = require('./dist/index-faas.js');
    (async () => {
      const answers = [];
      for (const event of ${JSON.stringify(events.map(String))}) answers.push(await handler(event, { requestId: 'r' }));
      console.log(JSON.stringify(answers));
    })();`,
  );
  const flags = [
    NODE_20 ? '--experimental-permission' : '--permission',
    ...[
      `--allow-fs-read=${folder}/*`,
      `--allow-fs-read=${writable}/*`,
      `--allow-fs-write=${writable}/*`,
    ],
  ];
  const { stdout } = await run(process.execPath, [...flags, `${folder}/call.cjs`], {
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: writable, ...environment },
  });
  return { answers: JSON.parse(stdout) as FcResponse[], folder, writable };
}

const read = httpEvent('GET', '/api/rule');
const write = httpEvent('POST', '/api/rule', {
  body: '{"name":"phantom"}',
  headers: { 'Content-Type': 'application/json' },
});

test('as a function the list can be read, a write is 503 and leaves no phantom', async (t) => {
  const { answers, folder } = await callFunction(t, [read, write, write, read], {});
  const [before, first, second, after] = answers;
  assert.deepEqual([before?.statusCode, first?.statusCode, second?.statusCode], [200, 503, 503]);
  const refusal = JSON.parse(first?.body ?? '') as Record<string, unknown>;
  assert.deepEqual([refusal['success'], refusal['code']], [false, 'STORAGE_READ_ONLY']);
  assert.deepEqual(after?.body, before?.body);
  const packed = JSON.parse(await readFile(`${folder}/dist/db.json`, 'utf8')) as TodoList;
  assert.deepEqual((JSON.parse(after?.body ?? '') as { data: unknown }).data, packed.todos);
  assert.equal(packed.todos.length, 1);
});

test('with TODO_STORAGE=tmp the function can write, in the folder that ends with the instance', async (t) => {
  const { answers, writable } = await callFunction(t, [read, write, read], { TODO_STORAGE: 'tmp' });
  const [before, added, after] = answers.map(
    ({ body }) => JSON.parse(body) as Record<string, unknown>,
  );
  assert.deepEqual([before?.['total'], added?.['name'], after?.['total']], [0, 'phantom', 1]);
  const { todos } = JSON.parse(await readFile(`${writable}/db.json`, 'utf8')) as TodoList;
  assert.deepEqual(todos, [added]);
});
