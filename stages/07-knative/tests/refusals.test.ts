import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { newStore, startService, type Answer, type Service } from './service.ts';

/** Every refusal has this shape, and tells nothing of the inside. */
function assertRefused(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  const body = answer.json();
  assert.deepEqual(Object.keys(body), ['success', 'code', 'message']);
  assert.deepEqual([body['success'], body['code']], [false, code]);
  assert.doesNotMatch(answer.text, /node_modules|\.ts:\d|    at /);
}

type ServiceWithOne = Service & { readonly key: string };

/** A test beside one todo that must be alone and unchanged at the end, whatever was sent. */
function refusing(name: string, run: (service: ServiceWithOne) => Promise<void>): void {
  test(name, async (t) => {
    const service = await startService(t);
    const { key } = await service.add('only one');
    const before = await service.list();
    await run({ ...service, key });
    assert.deepEqual(await service.list(), before);
  });
}

refusing('names and descriptions have limits, counted in characters', async (service) => {
  const put = (fields: object) => service.call('PUT', '/api/rule', { key: service.key, ...fields });
  for (const name of ['', '   ', undefined, null, 5, ['a'], { a: 1 }, '好'.repeat(201)])
    assertRefused(await service.call('POST', '/api/rule', { name }), 400, 'NAME_INVALID');
  for (const name of ['', null, 5, 'x'.repeat(201)])
    assertRefused(await put({ name }), 400, 'NAME_INVALID');
  for (const desc of [5, [], 'x'.repeat(2_001)])
    assertRefused(
      await service.call('POST', '/api/rule', { name: 'a', desc }),
      400,
      'DESC_INVALID',
    );

  const longest = { name: '🚀'.repeat(200), desc: '好'.repeat(2_000) };
  const { key } = await service.add(longest.name, longest.desc);
  assert.equal((await service.call('DELETE', '/api/rule', { key })).status, 200);
});

refusing('a status or version that is none is refused', async (service) => {
  const put = (fields: object) => service.call('PUT', '/api/rule', { key: service.key, ...fields });
  for (const status of [4, -1, 1.5, '4', 'done', '', null, [1], true])
    assertRefused(await put({ status }), 400, 'STATUS_INVALID');
  for (const version of ['old', 1.5, null, {}])
    assertRefused(await put({ version }), 400, 'VERSION_INVALID');
  assertRefused(await put({ name: 'late', version: 99 }), 409, 'VERSION_OLD');
});

refusing('a write that names no todo is refused', async (service) => {
  for (const body of [{}, { key: '' }, { key: null }, { key: {} }, { key: [{}] }, { key: [] }])
    assertRefused(await service.call('DELETE', '/api/rule', body), 400, 'KEY_MISSING');
  assertRefused(await service.call('PUT', '/api/rule', { name: 'x' }), 400, 'KEY_MISSING');
  for (const method of ['DELETE', 'PUT', 'POST'])
    assertRefused(await service.call(method, '/api/rule'), 400, 'BODY_INVALID');
});

refusing('a body that is no JSON object is refused', async (service) => {
  const post = (body: string, headers?: Record<string, string>) =>
    service.call('POST', '/api/rule', body, headers);
  for (const body of ['{', '{"name":', 'null', '"text"', 'name=a'])
    assertRefused(await post(body), 400, 'JSON_MALFORMED');
  assertRefused(await post('[]'), 400, 'BODY_INVALID');
  assertRefused(await post(JSON.stringify({ name: 'x'.repeat(65_536) })), 413, 'BODY_TOO_LARGE');
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
    assertRefused(
      await post('{"name":"a"}', { 'content-type': type }),
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    );
  assertRefused(
    await post('{"name":"a"}', { 'content-type': 'application/json; charset=latin1' }),
    415,
    'CHARSET_UNSUPPORTED',
  );
});

refusing('keys that would reach a prototype are data like any other', async (service) => {
  const body = '{"name":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
  const added = await service.call('POST', '/api/rule', body);
  assert.equal(added.status, 201);
  assert.equal('polluted' in added.json(), false);
  assert.equal('polluted' in {}, false);
  await service.call('DELETE', '/api/rule', { key: added.json<{ key: string }>().key });
});

refusing('a write from another site is refused, a read is not', async (service) => {
  const from = (site: string) => ({ 'sec-fetch-site': site });
  for (const method of ['POST', 'PUT', 'DELETE'])
    assertRefused(
      await service.call(method, '/api/rule', { name: 'x', key: service.key }, from('cross-site')),
      403,
      'CROSS_SITE',
    );
  assert.equal((await service.call('GET', '/api/rule', undefined, from('cross-site'))).status, 200);
  const change = { key: service.key, name: 5 };
  assertRefused(
    await service.call('PUT', '/api/rule', change, from('same-origin')),
    400,
    'NAME_INVALID',
  );
});

refusing('unknown paths are 404 and unknown methods 405, in JSON', async (service) => {
  for (const [method, path] of [
    ...[
      ['GET', '/api/typo'],
      ['POST', '/api/typo'],
      ['GET', '/api'],
      ['GET', '/api/rule/1'],
    ],
    ...[
      ['GET', '/nope.html'],
      ['POST', '/'],
      ['PUT', '/index.html'],
    ],
  ] as [string, string][])
    assertRefused(await service.call(method, path), 404, 'ROUTE_UNKNOWN');

  for (const [path, allow] of [
    ['/api/rule', 'GET, HEAD, POST, PUT, DELETE'],
    ['/api/currentUser', 'GET, HEAD'],
    ['/healthz', 'GET, HEAD'],
  ] as [string, string][]) {
    const answer = await service.call('PATCH', path);
    assertRefused(answer, 405, 'METHOD_NOT_ALLOWED');
    assert.equal(answer.headers.get('allow'), allow);
    const options = await service.call('OPTIONS', path);
    assert.deepEqual([options.status, options.headers.get('allow')], [204, allow]);
  }
});

test('what breaks inside is logged there, and the answer says no more than that', async (t) => {
  const log = t.mock.method(console, 'error', () => undefined);
  const broken = {
    ...(await newStore(t)),
    page: () => Promise.reject(new Error('disk 7 at /srv')),
  };
  const service = await startService(t, broken);
  const answer = await service.call('GET', '/api/rule', undefined, { 'x-fc-request-id': 'r-1' });
  assertRefused(answer, 500, 'INTERNAL');
  assert.doesNotMatch(answer.text, /disk 7/);
  const [id, method, path, error] = log.mock.calls[0]?.arguments ?? [];
  assert.deepEqual(
    [id, method, path, (error as Error).message],
    ['r-1', 'GET', '/api/rule', 'disk 7 at /srv'],
  );
});

refusing('no path leads to a file of the service', async (service) => {
  for (const path of [
    ...[
      '/%2e%2e%2fpackage.json',
      '/..%2f..%2f..%2fetc/passwd',
      '/../package.json',
      '/%2e%2e/app.ts',
    ],
    ...['/..%5cpackage.json', '/cdn/../../package.json', '/%00', '/%zz', '/.gitignore'],
    ...['/cdn/dist/assets.json', '/page/index.html', '/app.js', '/constructor'],
  ]) {
    const { status, body } = await rawGet(service.url, path);
    assert.equal(status, 404, path);
    assert.equal((JSON.parse(body) as { code: string }).code, 'ROUTE_UNKNOWN', path);
  }
});

/** `fetch` tidies a path up before it sends it; this does not. */
function rawGet(url: string, path: string): Promise<{ status: number; body: string }> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path, agent: false }, async (response) => {
        let body = '';
        for await (const chunk of response) body += String(chunk);
        resolve({ status: response.statusCode ?? 0, body });
      })
      .on('error', reject);
  });
}
