import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import express from 'express';
import { createApp } from '../app.ts';
import { toFcHandler, type FcHandler } from '../fc-adapter.ts';
import { createTokens } from '../models/token.ts';
import { httpEvent } from './event.ts';
import { CDN, KEY, newStore } from './service.ts';

const CONTEXT = { requestId: '1-64f6cd87-abc' };
const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 13, 10]);

/** An app that says what reached it. */
function echo(): FcHandler {
  const app = express();
  // Express prints an error that nobody handles, unless it is under test.
  app.set('env', 'test');
  app.use(express.raw({ type: () => true }));
  app.get(
    '/seen',
    ({ method, path, query, headers, ip }, response) =>
      void response.json({ method, path, query, headers, ip }),
  );
  app.post('/bytes', (request, response) => void response.type('image/png').send(request.body));
  app.get(
    '/gzip',
    (_request, response) =>
      void response.set('Content-Encoding', 'gzip').type('text').send(gzipSync('zipped')),
  );
  app.get(
    '/cookies',
    (_request, response) => void response.cookie('a', '1').cookie('b', '2').end(),
  );
  app.get('/one-cookie', (_request, response) => void response.cookie('a', '1').end('ok'));
  app.get('/redirect', (_request, response) => response.redirect('/seen'));
  app.get('/empty', (_request, response) => void response.status(204).end());
  app.get('/throws', () => {
    throw new Error('boom');
  });
  app.get('/hang-up', (request) => void request.socket.destroy());
  return toFcHandler(app);
}

async function seen(event: Buffer): Promise<Record<string, unknown>> {
  return JSON.parse((await echo()(event, CONTEXT)).body) as Record<string, unknown>;
}

test('query values arrive as they were sent, the path too', async () => {
  const queryParameters = { q: '中 & 文', many: 'a,b', plus: '1+1', empty: '' };
  const { query, path } = await seen(httpEvent('GET', '/seen', { queryParameters }));
  assert.deepEqual([query, path], [queryParameters, '/seen']);
  const handler = toFcHandler((request, response) => void response.end(request.url));
  const event = httpEvent('GET', '/a%20b/%E4%B8%AD', { queryParameters: { a: '1' } });
  assert.equal((await handler(event, CONTEXT)).body, '/a%20b/%E4%B8%AD?a=1');
});

test("headers, the caller's address and the request's id arrive", async () => {
  const headers = {
    Host: 'todo.example.com',
    Cookie: 'a=1; b=2',
    'X-Many': '1,2',
    Connection: 'Upgrade',
  };
  const { ip, ...request } = await seen(httpEvent('GET', '/seen', { headers }));
  const {
    host,
    cookie,
    connection,
    'x-many': many,
    'x-fc-request-id': id,
  } = request['headers'] as never;
  assert.deepEqual(
    [ip, host, cookie, many, id],
    ['11.11.11.1', 'todo.example.com', 'a=1; b=2', '1,2', CONTEXT.requestId],
  );
  assert.equal(connection, 'close');
});

test('bytes survive both ways as base64, text stays text', async () => {
  const handler = echo();
  const sent = {
    body: BYTES.toString('base64'),
    isBase64Encoded: true,
    headers: { 'Content-Type': 'image/png' },
  };
  const bytes = await handler(httpEvent('POST', '/bytes', sent), CONTEXT);
  assert.deepEqual([bytes.isBase64Encoded, Buffer.from(bytes.body, 'base64')], [true, BYTES]);
  const text = await handler(httpEvent('POST', '/bytes', { body: '写 todo' }), CONTEXT);
  assert.deepEqual([text.isBase64Encoded, text.body], [false, '写 todo']);
  const zipped = await handler(httpEvent('GET', '/gzip'), CONTEXT);
  assert.deepEqual([zipped.isBase64Encoded, zipped.headers['content-encoding']], [true, 'gzip']);
  assert.deepEqual(Buffer.from(zipped.body, 'base64'), gzipSync('zipped'));
});

test('every header of the answer is one string; of two cookies one is sent and the loss is said', async (t) => {
  const handler = echo();
  const warn = t.mock.method(console, 'warn', () => undefined);
  const one = await handler(httpEvent('GET', '/one-cookie'), CONTEXT);
  assert.equal(one.headers['set-cookie'], 'a=1; Path=/');
  assert.equal(warn.mock.callCount(), 0);
  const two = await handler(httpEvent('GET', '/cookies'), CONTEXT);
  assert.equal(two.headers['set-cookie'], 'a=1; Path=/');
  assert.match(String(warn.mock.calls[0]?.arguments[0]), /2 set-cookie headers/);
  for (const value of Object.values(two.headers)) assert.equal(typeof value, 'string');
});

test('no header describes a connection that is not there', async () => {
  const { headers } = await echo()(httpEvent('GET', '/seen'), CONTEXT);
  for (const name of ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'])
    assert.equal(name in headers, false, name);
});

test('HEAD, 204, a redirect, 404 and a thrown error come back as such', async () => {
  const handler = echo();
  const statusOf = async (method: string, path: string) => {
    const { statusCode, body, headers } = await handler(httpEvent(method, path), CONTEXT);
    return [statusCode, body, headers['location']];
  };
  assert.deepEqual(await statusOf('HEAD', '/seen'), [200, '', undefined]);
  assert.deepEqual(await statusOf('GET', '/empty'), [204, '', undefined]);
  assert.deepEqual((await statusOf('GET', '/redirect')).toSpliced(1, 1), [302, '/seen']);
  assert.equal((await statusOf('GET', '/nowhere'))[0], 404);
  assert.equal((await statusOf('GET', '/throws'))[0], 500);
  await assert.rejects(statusOf('GET', '/hang-up'), /hang up/);
  assert.equal((await statusOf('HEAD', '/seen'))[0], 200);
});

test('an event that is no HTTP event is 400 and says what was expected', async () => {
  const { requestContext, ...rest } = JSON.parse(httpEvent('GET', '/').toString()) as Record<
    string,
    unknown
  >;
  const events = ['', 'Hello', 'null', '{}', '{"key":"value"}', JSON.stringify(rest)];
  events.push(JSON.stringify({ ...rest, requestContext, version: '2.0' }));
  events.push(JSON.stringify({ ...rest, requestContext, rawPath: 'http://elsewhere/' }));
  for (const event of events) {
    const answer = await echo()(Buffer.from(event), CONTEXT);
    assert.equal(answer.statusCode, 400, event);
    assert.match(answer.body, /"code":"EVENT_MALFORMED".*version \\"v1\\"/);
  }
});

test('200 calls at once each get their own answer', async () => {
  const handler = echo();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      handler(httpEvent('GET', '/seen', { queryParameters: { index: String(index) } }), CONTEXT),
    ),
  );
  answers.forEach(({ body }, index) => {
    const { query } = JSON.parse(body) as { query: { index: string } };
    assert.equal(query.index, String(index));
  });
});

test('the todo service behaves behind the event as it does on a port', async (t) => {
  const todos = await newStore(t);
  const handler = toFcHandler(createApp({ todos, tokens: createTokens(KEY), cdn: CDN }));
  const signedIn = await handler(httpEvent('GET', '/api/currentUser'), CONTEXT);
  const Cookie = signedIn.headers['set-cookie']?.split(';')[0] ?? '';
  const call = async (method: string, body?: object) => {
    const headers = { Cookie, 'Content-Type': 'application/json' };
    const more = { body: JSON.stringify(body), headers };
    return handler(
      httpEvent(method, '/api/rule', body === undefined ? { headers: { Cookie } } : more),
      CONTEXT,
    );
  };
  const added = await call('POST', { name: '写代码' });
  assert.equal(added.statusCode, 201);
  const { key } = JSON.parse(added.body) as { key: string };
  assert.equal((await call('PUT', { key, status: 2 })).statusCode, 200);
  assert.equal((await call('POST')).statusCode, 400);
  assert.equal((await call('DELETE')).statusCode, 400);
  assert.match((await call('DELETE', { key })).body, /"list":\[\]/);
  assert.match(
    (await handler(httpEvent('GET', '/'), CONTEXT)).headers['content-type'] ?? '',
    /^text\/html/,
  );
});
