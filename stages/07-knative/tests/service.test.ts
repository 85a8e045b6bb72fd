import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './service.ts';

test('health and HEAD are answered', async (t) => {
  const service = await startService(t);
  assert.equal((await service.call('GET', '/healthz')).json()['status'], 'ok');
  const head = await service.call('HEAD', '/api/rule');
  assert.deepEqual([head.status, head.text], [200, '']);
  assert.equal(head.headers.get('cache-control'), 'no-store');
});

test('twenty writers at once: every acknowledged todo is in the list', async (t) => {
  const service = await startService(t);
  const added = await Promise.all(
    Array.from({ length: 20 }, (_, index) => service.add(`writer ${index}`)),
  );
  const { data, total } = await service.list('pageSize=100');
  assert.equal(total, 20);
  assert.deepEqual(data.map(({ key }) => key).toSorted(), added.map(({ key }) => key).toSorted());
  assert.equal(new Set(data.map(({ callNo }) => callNo)).size, 20);
});
