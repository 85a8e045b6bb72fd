import { request as send } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import type { Server } from './listen.ts';
import { type Answer, serve } from './serve.ts';

const servers: Server[] = [];

async function start(answer: Answer): Promise<number> {
  const server = await serve(0, answer);
  servers.push(server);
  return server.port;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Sends bytes as they are and reads all that comes back. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let read = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    socket
      .setEncoding('utf8')
      .on('data', (chunk) => (read += chunk))
      .on('end', () => resolve(read))
      .on('error', reject);
  });
}

it('hands over method, host, path, query, body and the sender', async () => {
  const port = await start(async (request, sourceIp) =>
    Response.json({
      method: request.method,
      url: request.url,
      text: await request.text(),
      sourceIp,
    }),
  );
  const response = await fetch(`http://127.0.0.1:${port}/a%20b?c=1`, {
    method: 'PUT',
    body: '你好',
  });
  expect(await response.json()).toEqual({
    method: 'PUT',
    url: `http://127.0.0.1:${port}/a%20b?c=1`,
    text: '你好',
    sourceIp: expect.stringContaining('127.0.0.1') as string,
  });
});

it('hands over a body only where one was announced', async () => {
  const port = await start(async (request) => Response.json(request.body !== null));
  const ask = async (framing: string): Promise<string> =>
    sendRaw(port, `DELETE / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${framing}`);
  expect(await ask('\r\n')).toMatch(/false/);
  expect(await ask('content-length: 0\r\n\r\n')).toMatch(/false/);
  expect(await ask('content-length: 1\r\n\r\na')).toMatch(/true/);
  expect(await ask('transfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n')).toMatch(/true/);
});

it('joins cookies by semicolons and other repeated headers by commas', async () => {
  const port = await start(async ({ headers }) =>
    Response.json({ cookie: headers.get('cookie'), accept: headers.get('accept') }),
  );
  const answer = await sendRaw(
    port,
    'GET / HTTP/1.1\r\nHost: a\r\nCookie: a=1\r\nCookie: b=2\r\nAccept: x\r\nAccept: y\r\nConnection: close\r\n\r\n',
  );
  expect(answer).toContain('{"cookie":"a=1; b=2","accept":"x, y"}');
});

it('sends each cookie in a header of its own', async () => {
  const headers = new Headers([
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
  ]);
  const port = await start(async () => new Response(null, { status: 204, headers }));
  const response = await fetch(`http://127.0.0.1:${port}/`);
  expect([response.status, response.headers.getSetCookie()]).toEqual([204, ['a=1', 'b=2']]);
});

it('refuses what the web has no form for, and stays up', async () => {
  const port = await start(async () => new Response('fine'));
  expect(await sendRaw(port, 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  expect(await sendRaw(port, 'GET /%zz HTTP/1.1\r\nHost: [\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('fine');
});

it('tells the engine when the client has gone', async () => {
  const gone = Promise.withResolvers<undefined>();
  const port = await start(({ signal }) => {
    signal.addEventListener('abort', () => gone.resolve(undefined));
    return new Promise(() => undefined);
  });
  const client = send({ port, host: '127.0.0.1' }).on('error', () => undefined);
  client.end();
  setTimeout(() => client.destroy(), 50);
  await gone.promise;
});

it('answers 500 when the engine fails, and stays up', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const port = await start(({ url }) =>
    url.endsWith('/bug')
      ? Promise.reject(new Error('a bug'))
      : Promise.resolve(new Response('fine')),
  );
  expect((await fetch(`http://127.0.0.1:${port}/bug`)).status).toBe(500);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('fine');
  expect(error).toHaveBeenCalledOnce();
  error.mockRestore();
});

it('rejects when the port is taken', async () => {
  const port = await start(async () => new Response());
  await expect(serve(port, async () => new Response())).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
