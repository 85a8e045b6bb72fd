import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './service.ts';

test('the page and its files are served, and nothing on them may come from elsewhere', async (t) => {
  const service = await startService(t);
  const page = await service.call('GET', '/');
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  for (const path of ['/', '/api/rule', '/api/typo']) {
    const { headers } = await service.call('GET', path);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'self'/);
    assert.doesNotMatch(headers.get('content-security-policy') ?? '', /unsafe/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('x-powered-by'), null);
  }
});

test('health, the demo user and HEAD are answered', async (t) => {
  const service = await startService(t);
  assert.equal((await service.call('GET', '/healthz')).json()['status'], 'ok');
  assert.equal((await service.call('GET', '/api/currentUser')).json()['userid'], 'demo');
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
