import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startProgram, urlIn, type Program } from './program.ts';
import { serviceAt, type Service } from './service.ts';
import { startTable, type Table } from './table.ts';

async function start(t: TestContext, table: Table): Promise<[Program, Service]> {
  const program = startProgram(t, { ...table.environment, PORT: '0' });
  return [program, serviceAt(urlIn(await program.listening))];
}

test('kill -9 right after each answer loses no acknowledged todo', async (t) => {
  const table = await startTable(t);
  const acknowledged: string[] = [];
  for (let round = 1; round <= 3; round++) {
    const [program, service] = await start(t, table);
    acknowledged.unshift((await service.add(`round ${round}`)).key);
    program.signal('SIGKILL');
    assert.equal((await program.exited).signal, 'SIGKILL');
  }
  const [, service] = await start(t, table);
  assert.deepEqual(
    (await service.list()).data.map(({ key }) => key),
    acknowledged,
  );
});

test('kill -9 in the middle of many writes: what was acknowledged is there, and a retry adds nothing twice', async (t) => {
  const table = await startTable(t);
  const [program, service] = await start(t, table);
  const acknowledged = new Map<string, string>();
  // Each writer goes on until the process is gone: the kill falls between two answers, or into a write.
  const post = async (to: Service, name: string) => {
    const answer = await to.call('POST', '/api/rule', { name }, { 'idempotency-key': name });
    return answer.json<{ key: string }>().key;
  };
  const begun: string[] = [];
  await Promise.allSettled(
    Array.from({ length: 10 }, async (_, writer) => {
      for (let turn = 0; ; turn++) {
        const name = `writer-${writer}-${turn}`;
        begun.push(name);
        acknowledged.set(name, await post(service, name));
        if (acknowledged.size === 30) program.signal('SIGKILL');
      }
    }),
  );
  await program.exited;

  const [, next] = await start(t, table);
  // A client that got no answer sends its request again, as it was.
  for (const name of begun) {
    const key = await post(next, name);
    assert.equal(key, acknowledged.get(name) ?? key);
  }
  const names = (await next.list('pageSize=1000')).data.map(({ name }) => name);
  assert.deepEqual(names.toSorted(), begun.toSorted());
});
