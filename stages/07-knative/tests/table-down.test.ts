import assert from 'node:assert/strict';
import net, { type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { openTodoStore } from '../models/todo-store.ts';
import { startService, type Answer, type Service } from './service.ts';
import { startTable } from './table.ts';

/** What a person waits for at most, and less than a function may take. */
const ANSWER_WITHIN_MILLISECONDS = 10_000;

const CALLS = [
  ['GET'],
  ['GET', '?name=a'],
  ['POST', '', { name: 'phantom' }],
  ['PUT', '', { key: '999999999999', name: 'phantom' }],
  ['DELETE', '', { key: '999999999999' }],
] as const;

async function callAll(service: Service): Promise<Answer[]> {
  return Promise.all(
    CALLS.map(async ([method, query = '', body]) => {
      const began = performance.now();
      const answer = await service.call(method, `/api/rule${query}`, body);
      assert.ok(performance.now() - began < ANSWER_WITHIN_MILLISECONDS, `${method} took too long`);
      return answer;
    }),
  );
}

function assertAll(answers: readonly Answer[], code: string): void {
  for (const answer of answers)
    assert.deepEqual([answer.status, answer.json()['code']], [503, code], answer.text);
}

function quiet(t: TestContext) {
  return t.mock.method(console, 'error', () => undefined);
}

test('without its table every call for todos is 503 and changes nothing; then all is well again', async (t) => {
  const log = quiet(t);
  const table = await startTable(t);
  const service = await startService(t, openTodoStore(table.address));
  const kept = await service.add('keep');

  await table.interrupt();
  assertAll(await callAll(service), 'TABLE_UNREACHABLE');
  assert.equal(log.mock.callCount(), CALLS.length);
  for (const path of ['/', '/healthz']) assert.equal((await service.call('GET', path)).status, 200);
  assert.equal((await service.call('POST', '/api/rule', { name: '' })).status, 400);

  await table.restore();
  assert.deepEqual((await service.list()).data, [kept]);
  await service.add('after');
  assert.equal((await service.list()).total, 2);
});

test('a start without the table is no end: the first request that finds it is answered', async (t) => {
  quiet(t);
  const table = await startTable(t);
  await table.interrupt();
  const store = openTodoStore(table.address);
  await assert.rejects(store.ready(), { code: 'TABLE_UNREACHABLE' });
  const service = await startService(t, store);
  assertAll(await callAll(service), 'TABLE_UNREACHABLE');
  await table.restore();
  assert.equal((await service.add('first')).callNo, 1);
});

test('a table that takes calls and does not answer any more is given up in time, and said to be silent', async (t) => {
  quiet(t);
  const { address } = await startTable(t);
  const line = await startLine(t, Number(new URL(address.endpoint).port));
  const endpoint = `http://127.0.0.1:${line.port}`;
  const service = await startService(t, openTodoStore({ ...address, endpoint }));
  const kept = await service.add('keep');
  line.freeze();
  assertAll(await callAll(service), 'TABLE_SILENT');
  const direct = await startService(t, openTodoStore(address));
  assert.deepEqual((await direct.list()).data, [kept]);
});

/** A connection to the table that can be made to carry nothing any more. */
async function startLine(
  t: TestContext,
  to: number,
): Promise<{ readonly port: number; freeze(): void }> {
  const sockets = new Set<net.Socket>();
  let frozen = false;
  const server = net.createServer((near) => {
    sockets.add(near);
    near.on('error', () => undefined);
    if (frozen) return;
    const far = net.connect(to, '127.0.0.1');
    sockets.add(far);
    far.on('error', () => near.destroy());
    near.on('data', (bytes) => frozen || far.write(bytes));
    far.on('data', (bytes) => frozen || near.write(bytes));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => void (frozen = true),
  };
}

test('a table that refuses the key is said to have failed, without a secret in the log', async (t) => {
  const log = quiet(t);
  const { address } = await startTable(t);
  const service = await startService(
    t,
    openTodoStore({ ...address, accessKeySecret: 'another-secret' }),
  );
  assertAll(await callAll(service), 'TABLE_FAILED');
  const said = log.mock.calls.map((call) => String(call.arguments.map(String))).join('\n');
  assert.doesNotMatch(said, /another-secret/);
});
