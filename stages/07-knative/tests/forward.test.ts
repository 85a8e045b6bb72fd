import assert from 'node:assert/strict';
import http, { type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import test, { type TestContext } from 'node:test';
import express from 'express';
import { forward } from '../gateway/forward.ts';
import { sendError } from '../middleware/errors.ts';

async function listen(context: TestContext, app: RequestListener): Promise<URL> {
  const server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function gateway(context: TestContext, url: URL, answerWithin?: number): Promise<URL> {
  const app = express();
  app.all('/api/rule', forward({ name: 'rule', url }, answerWithin));
  app.get('/healthz', (_request, response) => void response.end('up'));
  app.use(sendError);
  return listen(context, app);
}

/** Sends exactly what it is given. */
function send(
  url: URL,
  options: http.RequestOptions,
  body?: string,
): Promise<{ message: IncomingMessage; body: string }> {
  return new Promise((resolve, reject) => {
    http
      .request(url, options, (message) => {
        text(message).then((answer) => resolve({ message, body: answer }), reject);
      })
      .once('error', reject)
      .end(body);
  });
}

/** A promise that the test resolves. */
function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((call) => (resolve = call));
  return { promise, resolve };
}

const errorOf = (body: string): unknown => (JSON.parse(body) as { code?: unknown }).code;

test('passes on method, query, body, cookies and headers as they came', async (context) => {
  let seen: object = {};
  const service = await listen(context, async (request, response) => {
    const { method, url, headers } = request;
    seen = {
      method,
      url,
      cookie: headers.cookie,
      type: headers['content-type'],
      body: await text(request),
    };
    response.end();
  });
  const url = await gateway(context, service);
  const sent = '{"key":["a","b"],"n":1}';
  for (const how of [
    { 'content-length': String(sent.length) },
    { 'transfer-encoding': 'chunked' },
  ]) {
    seen = {};
    const headers = { cookie: 'token=1; other=2', 'content-type': 'application/json', ...how };
    const target = '/api/rule?key=a%20b&key=c&empty=&name=%E4%BD%A0';
    await send(url, { method: 'DELETE', path: target, headers }, sent);
    assert.deepEqual(seen, {
      method: 'DELETE',
      url: target,
      cookie: 'token=1; other=2',
      type: 'application/json',
      body: sent,
    });
  }
});

test('passes the answer back as it came: status, every cookie, bytes', async (context) => {
  const bytes = Buffer.from([0, 255, 128, 1]);
  const service = await listen(context, (_request, response) => {
    response.writeHead(409, { 'set-cookie': ['a=1', 'b=2'], 'x-of-its-own': 'yes' }).end(bytes);
  });
  const url = await gateway(context, service);
  const response = await fetch(new URL('/api/rule', url));
  assert.equal(response.status, 409);
  assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2']);
  assert.equal(response.headers.get('x-of-its-own'), 'yes');
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes);
});

test('tells a service who was asked for, and keeps what speaks of one connection', async (context) => {
  let seen: http.IncomingHttpHeaders = {};
  const service = await listen(context, (request, response) => {
    seen = request.headers;
    response.end();
  });
  const url = await gateway(context, service);
  const headers = {
    host: 'todo.example',
    connection: 'close, x-private',
    'x-private': '1',
    te: 'trailers',
  };
  await send(url, { path: '/api/rule', headers });
  assert.equal(seen.host, service.host);
  assert.equal(seen['x-forwarded-host'], 'todo.example');
  assert.equal(seen['x-forwarded-proto'], 'http');
  assert.equal(seen['x-private'], undefined);
  assert.equal(seen['te'], undefined);
});

test('answers 502 when a service is away, and stays up', async (context) => {
  const service = await listen(context, () => undefined);
  service.port = '1';
  const url = await gateway(context, service);
  for (const method of ['GET', 'POST']) {
    const { message, body } = await send(
      url,
      { path: '/api/rule', method },
      method === 'POST' ? '{}' : undefined,
    );
    assert.deepEqual([message.statusCode, errorOf(body)], [502, 'SERVICE_AWAY']);
  }
  assert.equal(await (await fetch(new URL('/healthz', url))).text(), 'up');
});

test('answers 502 when a service breaks off before it has answered', async (context) => {
  const service = await listen(context, (request) => void request.socket.destroy());
  const url = await gateway(context, service);
  const { message, body } = await send(url, { path: '/api/rule', method: 'POST' }, '{}');
  assert.deepEqual([message.statusCode, errorOf(body)], [502, 'SERVICE_AWAY']);
});

test('breaks off when a service breaks off in the middle: half an answer is no answer', async (context) => {
  const service = await listen(context, (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setTimeout(() => response.destroy(), 20);
  });
  const url = await gateway(context, service);
  await assert.rejects(send(url, { path: '/api/rule' }));
  assert.equal(await (await fetch(new URL('/healthz', url))).text(), 'up');
});

test('answers 504 when a service takes too long, and the service need not go on', async (context) => {
  const gone = signal();
  const service = await listen(
    context,
    (_request, response) => void response.once('close', gone.resolve),
  );
  const url = await gateway(context, service, 50);
  const { message, body } = await send(url, { path: '/api/rule' });
  assert.deepEqual([message.statusCode, errorOf(body)], [504, 'SERVICE_SLOW']);
  await gone.promise;
});

test('lets the service go when nobody waits for its answer any more', async (context) => {
  const gone = signal();
  const asked = signal();
  const service = await listen(context, (_request, response) => {
    asked.resolve();
    response.once('close', gone.resolve);
  });
  const url = await gateway(context, service);
  const request = http.get(new URL('/api/rule', url)).on('error', () => undefined);
  await asked.promise;
  request.destroy();
  await gone.promise;
});
