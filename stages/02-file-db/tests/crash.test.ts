import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { TodoList } from '../models/todo-list.ts';
import { startProgram, urlIn, type Program } from './program.ts';
import { newFolder, serviceAt, type Service } from './service.ts';

async function start(t: TestContext, folder: string): Promise<[Program, Service]> {
  const program = startProgram(t, { PORT: '0', TMPDIR: folder });
  return [program, serviceAt(urlIn(await program.listening))];
}

test('kill -9 right after each answer loses no acknowledged todo', async (t) => {
  const folder = await newFolder(t);
  const acknowledged: string[] = [];
  for (let round = 1; round <= 5; round++) {
    const [program, service] = await start(t, folder);
    acknowledged.unshift((await service.add(`round ${round}`)).key);
    program.signal('SIGKILL');
    assert.equal((await program.exited).signal, 'SIGKILL');
  }
  const [, service] = await start(t, folder);
  assert.deepEqual(
    (await service.list()).data.map(({ key }) => key),
    acknowledged,
  );
});

test('kill -9 in the middle of many writes leaves a whole file with all that was acknowledged', async (t) => {
  const folder = await newFolder(t);
  const acknowledged: string[] = [];
  for (let round = 1; round <= 3; round++) {
    const [program, service] = await start(t, folder);
    // Each writer goes on until the process is gone: the kill falls between two answers.
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      for (;;) {
        const { key } = await service.add(`round ${round}, writer ${writer}`, 'x'.repeat(2_000));
        if (acknowledged.push(key) === round * 30) program.signal('SIGKILL');
      }
    });
    await Promise.allSettled(writers);
    await program.exited;
    const { todos } = JSON.parse(await readFile(path.join(folder, 'db.json'), 'utf8')) as TodoList;
    const onDisk = new Set(todos.map(({ key }) => key));
    assert.deepEqual(
      acknowledged.filter((key) => !onDisk.has(key)),
      [],
    );
    assert.ok(acknowledged.length >= round * 30);
  }
});
