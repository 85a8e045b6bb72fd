// Raw requests to a server on Node's http and on the stand-in: the bytes that come back are the same.
// One table of requests for both modules: over 400 lines, since each request stands with the bytes it sends.
import nodeHttp from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import http from './http.ts';
import { bind, connect as connectInside, release } from './http/network.ts';
import { described, outcome } from './testing/outcome.ts';

type Http = typeof nodeHttp;
const shim = http as unknown as Http;
type Listener = nodeHttp.RequestListener;

/** Sends bytes to a server over a connection of its own and answers with all that comes back. */
async function exchange(
  module: Http,
  listener: Listener,
  parts: readonly string[],
): Promise<string> {
  const server = module.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  const { port } = server.address() as AddressInfo;
  const socket = module === nodeHttp ? connect(port) : connectInside(port);
  try {
    socket.write(Buffer.from(parts[0] ?? '', 'latin1'));
    for (const part of parts.slice(1)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      socket.write(Buffer.from(part, 'latin1'));
    }
    const all: Uint8Array[] = [];
    socket.on('data', (chunk: Uint8Array) => all.push(chunk));
    await new Promise((resolve) => {
      socket.once('close', resolve);
      socket.once('end', resolve);
    });
    return masked(Buffer.concat(all).toString('latin1'));
  } finally {
    socket.destroy();
    server.close();
    server.closeAllConnections();
  }
}

/** The time, and what Node says of how long it keeps a connection. */
function masked(answer: string): string {
  return answer.replaceAll(/^Date: .*$/gm, 'Date: <time>').replaceAll(/^Keep-Alive: .*\r\n/gm, '');
}

const GET = 'GET /path?a=%20 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
const echo: Listener = (request, response) => {
  const parts: Uint8Array[] = [];
  request.on('data', (chunk: Uint8Array) => parts.push(chunk));
  request.on('end', () =>
    response.end(
      JSON.stringify([
        request.method,
        request.url,
        request.headers,
        request.rawHeaders,
        request.httpVersion,
        request.complete,
        Buffer.concat(parts).toString(),
      ]),
    ),
  );
};

const STORIES: readonly (readonly [name: string, listener: Listener, ...parts: string[]])[] = [
  ['end with a text', (_, response) => void response.end('hello 中'), GET],
  ['end with nothing', (_, response) => void response.end(), GET],
  ['end with bytes', (_, response) => void response.end(new Uint8Array([65, 66])), GET],
  [
    'two writes',
    (_, response) => void (response.write('a'), response.write('b'), response.end('c')),
    GET,
  ],
  [
    'an explicit length',
    (_, response) => void response.writeHead(201, { 'Content-Length': 2 }).end('ok'),
    GET,
  ],
  [
    'writeHead before end',
    (_, response) => void response.writeHead(200, 'Fine', { 'X-A': '1' }).end('text'),
    GET,
  ],
  [
    'writeHead with a list',
    (_, response) => void response.writeHead(200, ['X-A', '1', 'X-B', '2']).end(),
    GET,
  ],
  [
    'header of several values',
    (_, response) => void response.setHeader('Set-Cookie', ['a=1', 'b=2']).end(),
    GET,
  ],
  [
    'append and remove',
    (_, response) => {
      response.setHeader('X-A', '1').appendHeader('x-a', '2').setHeader('X-Gone', '1');
      response.removeHeader('x-gone');
      response.end(
        JSON.stringify([
          response.getHeaders(),
          response.getHeaderNames(),
          response.hasHeader('X-A'),
        ]),
      );
    },
    GET,
  ],
  ['204', (_, response) => void response.writeHead(204).end('no body'), GET],
  ['304', (_, response) => void response.writeHead(304).end('no body'), GET],
  ['a status of its own', (_, response) => void response.writeHead(299).end(), GET],
  [
    'HEAD',
    (_, response) => void response.setHeader('Content-Length', 5).end('hello'),
    GET.replace('GET', 'HEAD'),
  ],
  [
    'HEAD without a length',
    (_, response) => void response.end('hello'),
    GET.replace('GET', 'HEAD'),
  ],
  [
    'no date',
    (_, response) => {
      response.sendDate = false;
      response.end();
    },
    GET,
  ],
  [
    'flushHeaders',
    (_, response) => {
      response.flushHeaders();
      response.end('late');
    },
    GET,
  ],
  [
    'what was sent',
    (_, response) => {
      const told: unknown[] = [response.headersSent, response.writableEnded];
      response.write('x');
      told.push(response.headersSent);
      response.end(JSON.stringify(told));
    },
    GET,
  ],
  [
    'faults of the program',
    (_, response) => {
      const tell = (call: () => unknown) => {
        try {
          call();
          return 'fine';
        } catch (error) {
          return described(error);
        }
      };
      const faults = [
        tell(() => response.setHeader('X A', '1')),
        tell(() => response.setHeader('X-A', 'line\nbreak')),
        tell(() => response.setHeader('X-A', undefined as never)),
        tell(() => response.setHeader('X-A', '中')),
        tell(() => response.writeHead(42)),
      ];
      response.write('[');
      faults.push(
        tell(() => response.setHeader('X-B', '1')),
        tell(() => response.writeHead(200)),
        tell(() => response.removeHeader('X-B')),
      );
      response.end(JSON.stringify(faults));
    },
    GET,
  ],
  [
    'a body of known length',
    echo,
    'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello',
  ],
  [
    'a body in pieces',
    echo,
    'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 11\r\n\r\nhe',
    'llo',
    ' world',
  ],
  [
    'a chunked body',
    echo,
    'PUT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
    '6;x=y\r\n world\r\n0\r\n\r\n',
  ],
  [
    'chunks cut anywhere',
    echo,
    'PUT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n',
    '5',
    '\r',
    '\nhel',
    'lo\r',
    '\n0\r\n',
    '\r\n',
  ],
  [
    'a head cut anywhere',
    echo,
    'GE',
    'T / HTTP/1.1\r',
    '\nHo',
    'st: a\r\nConnection: close\r\n\r',
    '\n',
  ],
  [
    'headers joined as they may be',
    echo,
    'GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\nX-A: 1\r\nx-a:2  \r\nCookie: a=1\r\nCookie: b=2\r\nUser-Agent: c\r\nUser-Agent: d\r\nConnection: close\r\n\r\n',
  ],
  [
    'latin1 in a header',
    echo,
    'GET / HTTP/1.1\r\nHost: a\r\nX-A: \u00e4\u00f6\r\nConnection: close\r\n\r\n',
  ],
  ['no host', echo, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['no HTTP', echo, 'hello\r\n\r\n'],
  ['an unknown method', echo, 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a broken header', echo, 'GET / HTTP/1.1\r\nHost a\r\n\r\n'],
  [
    'two lengths',
    echo,
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
  ],
  [
    'a length and chunks',
    echo,
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['headers of 20 kB', echo, `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`],
  [
    'two requests on one connection',
    echo,
    'POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na',
    'GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  ],
  [
    'two requests at once, the first slow',
    (request, response) =>
      void setTimeout(() => response.end(request.url), request.url === '/1' ? 30 : 1),
    `GET /1 HTTP/1.1\r\nHost: a\r\n\r\n${GET}`,
  ],
  [
    'an answer before the body was read',
    (request, response) => void response.end(request.url),
    'POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234',
    '56789GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  ],
  [
    '100-continue',
    echo,
    'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n',
    'ok',
  ],
  [
    'the events of a request',
    (request, response) => {
      const told: string[] = [];
      for (const event of ['end', 'close', 'error'] as const)
        request.on(event, () => told.push(`request ${event}`));
      for (const event of ['finish', 'close', 'error'] as const)
        response.on(event, () => told.push(`response ${event}`));
      request.resume();
      response.end('x');
      setTimeout(() => request.socket.end(told.toSorted().join()), 20);
    },
    'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  ],
];

const stories = STORIES.map(([name, listener, ...parts]) => ({ name, listener, parts }));
test.each(stories)('http: $name', async ({ listener, parts }) => {
  const node = await exchange(nodeHttp, listener, parts);
  expect(node).not.toBe('');
  expect(await exchange(shim, listener, parts)).toBe(node);
});

test('names, numbers and refusals are those of Node', () => {
  expect(http.METHODS).toEqual(nodeHttp.METHODS);
  expect(http.STATUS_CODES).toEqual(nodeHttp.STATUS_CODES);
  expect(http.maxHeaderSize).toBe(nodeHttp.maxHeaderSize);
  const refusals = (module: Http) => [
    outcome(() => void module.request({ path: '/中' })),
    outcome(() => void module.request('https://localhost/')),
    outcome(() => void module.createServer().listen(70_000)),
  ];
  expect(refusals(shim)).toEqual(refusals(nodeHttp));
});

test('a port belongs to one server until that is closed, and nobody answers on another', async () => {
  const taken = (module: Http): Promise<unknown> =>
    new Promise((resolve) => {
      const one = module.createServer().listen(0, () => {
        const { port } = one.address() as AddressInfo;
        const other = module.createServer();
        other.on('error', (error) => {
          one.close(() =>
            resolve({
              ...described(error),
              message: error.message.replace(String(port), '<port>'),
            }),
          );
        });
        other.listen(port);
      });
    });
  expect(await taken(shim)).toEqual(await taken(nodeHttp));
  const refused = (module: Http): Promise<unknown> =>
    new Promise((resolve) => {
      module.get({ host: '127.0.0.1', port: 9 }).on('error', (error) => resolve(described(error)));
    });
  expect(await refused(shim)).toEqual(await refused(nodeHttp));
});

test('a server that is closed answers what is under way and then closes', async () => {
  const told = async (module: Http): Promise<string[]> => {
    const events: string[] = [];
    const server = module.createServer((_, response) => setTimeout(() => response.end('late'), 30));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const answered = new Promise<void>((resolve) => {
      module.get({ host: '127.0.0.1', port }, (response) => {
        void text(response).then((whole) => {
          events.push(whole);
          resolve();
        });
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const sweep = setInterval(() => server.closeIdleConnections(), 5);
    events.push(`listening ${server.listening}`);
    await answered;
    await closed;
    clearInterval(sweep);
    events.push('closed');
    server.close((error) => events.push((error as NodeJS.ErrnoException).code ?? ''));
    await new Promise((resolve) => setTimeout(resolve, 5));
    return events;
  };
  expect(await told(shim)).toEqual(await told(nodeHttp));
});

test('ports are given one after the other', () => {
  const listener = { accept: () => undefined };
  const [one, other] = [bind(0, listener), bind(0, listener)];
  expect(other).toBe(one + 1);
  for (const port of [one, other]) release(port);
});
