// What a client on Node's http and on the stand-in sends, and what it makes of an answer.
import nodeHttp from 'node:http';
import { duplexPair as nodeDuplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { whenEmpty } from './event-loop.ts';
import http from './http.ts';
import { openOutside } from './http/network.ts';
import { duplexPair } from './stream.ts';
import { described } from './testing/outcome.ts';

type Http = typeof nodeHttp;
const shim = http as unknown as Http;

/** What a client sends, and what it makes of an answer. */
async function ask(
  module: Http,
  options: nodeHttp.RequestOptions,
  body: string | undefined,
  answer: string,
): Promise<unknown> {
  const [client, server] = (module === nodeHttp ? nodeDuplexPair : duplexPair)();
  const sent: Uint8Array[] = [];
  server.on('data', (chunk: Uint8Array) => sent.push(chunk));
  const told = await new Promise((resolve) => {
    const request = module.request({ ...options, createConnection: () => client }, (response) => {
      const { statusCode, statusMessage, headers, rawHeaders } = response;
      void text(response).then(
        (whole) => resolve({ statusCode, statusMessage, headers, rawHeaders, whole }),
        (error: unknown) => resolve({ statusCode, error: described(error) }),
      );
    });
    request.on('error', (error) => resolve({ error: described(error) }));
    request.end(body);
    setTimeout(() => server.end(answer, 'latin1'), 10);
  });
  client.destroy();
  return [Buffer.concat(sent).toString('latin1'), told];
}

const ANSWER =
  'HTTP/1.1 200 OK\r\nX-A: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok';
const QUESTIONS: readonly (readonly [
  name: string,
  options: nodeHttp.RequestOptions,
  body: string | undefined,
  answer: string,
])[] = [
  ['GET', { path: '/a?b=1', headers: { 'X-A': 'b', list: ['1', '2'] } }, undefined, ANSWER],
  ['POST', { method: 'POST', path: '/' }, 'body 中', ANSWER],
  ['POST without a body', { method: 'POST' }, undefined, ANSWER],
  ['DELETE with a length', { method: 'DELETE', headers: { 'content-length': 2 } }, 'ab', ANSWER],
  ['a host of its own', { headers: { host: 'example.com' } }, undefined, ANSWER],
  ['a port', { host: 'localhost', port: 3001 }, undefined, ANSWER],
  [
    'headers as a list',
    { headers: ['host', 'a', 'X-A', '1', 'X-A', '2'] as never },
    undefined,
    ANSWER,
  ],
  ['HEAD', { method: 'HEAD' }, undefined, 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n'],
  ['204', {}, undefined, 'HTTP/1.1 204 No Content\r\n\r\n'],
  [
    'chunks',
    {},
    undefined,
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
  ],
  ['until the end', {}, undefined, 'HTTP/1.1 200 OK\r\n\r\nall of it'],
  ['100 first', {}, undefined, `HTTP/1.1 100 Continue\r\n\r\n${ANSWER}`],
  ['no answer', {}, undefined, ''],
];
test.each(QUESTIONS)('http request: %s', async (_, options, body, answer) => {
  const node = await ask(nodeHttp, options, body, answer);
  expect(await ask(shim, options, body, answer)).toEqual(node);
});

test('an answer that breaks off is an error for its reader', async () => {
  const cut = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf';
  const node = await ask(nodeHttp, {}, undefined, cut);
  expect(await ask(shim, {}, undefined, cut)).toEqual(node);
});

/** What a client is told that waits for an answer which does not come, or comes late. */
async function waitFor(module: Http, milliseconds: number, answerAfter?: number): Promise<unknown> {
  const [client, server] = (module === nodeHttp ? nodeDuplexPair : duplexPair)();
  // A socket of Node's has this beside a stream; its client asks for it.
  Object.assign(client, { setTimeout: () => client });
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    const request = module.request({ createConnection: () => client }, (response) => {
      response.resume();
      response.on('end', () => resolve(void told.push('answered')));
    });
    if (module === nodeHttp) setTimeout(() => client.emit('timeout'), milliseconds);
    request.setTimeout(milliseconds, () => void told.push('called back'));
    request.on('timeout', () => {
      told.push('timeout');
      if (answerAfter === undefined) request.destroy();
    });
    request.on('error', ({ message }) => resolve(void told.push(message)));
    request.end();
    if (answerAfter !== undefined) setTimeout(() => server.end(ANSWER, 'latin1'), answerAfter);
  });
  client.destroy();
  return told;
}

test('a client that hears nothing for some time is told once, and decides what then', async () => {
  expect(await waitFor(shim, 20)).toEqual(['called back', 'timeout', 'socket hang up']);
  expect(await waitFor(nodeHttp, 20)).toEqual(['called back', 'timeout', 'socket hang up']);
  expect(await waitFor(shim, 20, 80)).toEqual(['called back', 'timeout', 'answered']);
  expect(await waitFor(nodeHttp, 20, 80)).toEqual(['called back', 'timeout', 'answered']);
});

test('an answer in time ends the waiting', async () => {
  expect(await waitFor(shim, 60_000, 10)).toEqual(['answered']);
});

test('an answered request leaves no connection that would keep the process', async () => {
  const service = http.createServer((request, response) => {
    request.resume();
    response.end(request.method);
  });
  openOutside((host) =>
    host === 'table.test' ? { accept: (socket) => service.emit('connection', socket) } : undefined,
  );
  for (const method of ['GET', 'POST', 'HEAD']) {
    const answer = await new Promise<string>((resolve, reject) => {
      const request = http.request({ host: 'table.test', method }, (response) => {
        void text(response as never).then(resolve, reject);
      });
      request.on('error', reject);
      request.end(method === 'POST' ? 'body' : undefined);
    });
    expect(answer).toBe(method === 'HEAD' ? '' : method);
  }
  await new Promise<void>(whenEmpty);
  const connections = new Promise((resolve) => {
    service.getConnections((_, count) => resolve(count));
  });
  expect(await connections).toBe(0);
});
