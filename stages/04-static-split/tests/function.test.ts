import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FcHandler } from '../fc-adapter.ts';
import { tableAddress } from '../models/table.ts';
import { httpEvent } from './event.ts';
import { startTable } from './table.ts';

const CONTEXT = { requestId: 'r' };

test('the initializer makes the tables; when they are late, requests are told and the next one is served', async (t) => {
  const log = t.mock.method(console, 'error', () => undefined);
  const table = await startTable(t);
  Object.assign(process.env, table.environment);
  await table.interrupt();
  const { initializer, handler } = (await import('../rule-faas.ts')) as {
    initializer: () => Promise<void>;
    handler: FcHandler;
  };
  await initializer();
  assert.match(String(log.mock.calls[0]?.arguments[0]), /not ready/);
  const early = await handler(httpEvent('GET', '/api/rule'), CONTEXT);
  assert.equal(early.statusCode, 503);
  await table.restore();
  await initializer();
  const list = await handler(httpEvent('GET', '/api/rule'), CONTEXT);
  assert.equal(list.statusCode, 200);
  assert.match(list.body, /"total":0/);
  const page = await handler(httpEvent('GET', '/'), CONTEXT);
  assert.equal(page.statusCode, 404);
});

test('what the environment does not say is named, all of it', () => {
  assert.throws(
    () => tableAddress({ TABLESTORE_ENDPOINT: 'https://todo.example.com' }),
    /^Error: TABLESTORE_INSTANCE, TABLESTORE_ACCESS_KEY_ID, TABLESTORE_ACCESS_KEY_SECRET not set/,
  );
});
