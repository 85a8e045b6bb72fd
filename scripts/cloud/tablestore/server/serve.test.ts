import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_REQUEST_BYTES } from '../core/limits.ts';
import { createTablestore, type Tablestore } from '../index.ts';
import { below, seeded } from '../testing/random.ts';
import { SAMPLE_ACCESS } from '../testing/samples.ts';
import { errorOf, send, signedHeaders } from '../testing/wire-client.ts';
import { serve } from './serve.ts';

const SEED = 80_826;
const CONNECTIONS = 200;
const { instance, accessKeyId, accessKeySecret } = SAMPLE_ACCESS;

let tablestore: Tablestore;
const said: string[] = [];
beforeAll(async () => {
  tablestore = await createTablestore({
    instance,
    accessKeys: { [accessKeyId]: accessKeySecret },
    say: (line) => said.push(line),
  });
});
afterAll(() => tablestore.close());

const access = () => ({ ...SAMPLE_ACCESS, endpoint: tablestore.url });
const isAlive = async () =>
  expect((await send(access(), 'ListTable', new Uint8Array())).status).toBe(200);

/** Sends bytes on a connection of its own; gives what came back before it was closed. */
async function talk(bytes: Uint8Array, end: 'end' | 'destroy'): Promise<string> {
  const socket = connect(Number(new URL(tablestore.url).port), '127.0.0.1');
  let heard = '';
  socket.setEncoding('latin1').on('data', (part: string) => (heard += part));
  // A server that closes while we still write is what is expected.
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  if (end === 'end') socket.end();
  else socket.destroy();
  await closed;
  return heard;
}

function requestOf(body: Uint8Array, headers: Readonly<Record<string, string>> = {}): Buffer {
  const path = '/ListTable';
  const all = {
    ...signedHeaders(SAMPLE_ACCESS, { method: 'POST', path }, body),
    'content-length': String(body.length),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

describe('the server', () => {
  it('survives connections that are cut, garbled or noise', { timeout: 30_000 }, async () => {
    const random = seeded(SEED);
    const whole = requestOf(Buffer.alloc(50));
    for (let count = 0; count < CONNECTIONS; count += 1) {
      const bytes = Buffer.from(whole);
      for (let times = below(random, 4); times > 0; times -= 1)
        bytes[below(random, bytes.length)] = below(random, 256);
      const noise = Buffer.from(Array.from({ length: 100 }, () => below(random, 256)));
      const sent = random() < 0.2 ? noise : bytes.subarray(0, below(random, bytes.length + 1));
      const heard = await talk(sent, random() < 0.5 ? 'end' : 'destroy');
      expect(heard.slice(0, 12)).toMatch(/^$|^HTTP\/1\.1 [24]\d\d/);
    }
    await isAlive();
    expect(said).toEqual([]);
  });

  it('answers a body of more than it takes', async () => {
    const large = Buffer.alloc(4 * MAX_REQUEST_BYTES);
    expect(errorOf(await send(access(), 'ListTable', large))).toMatchObject({
      status: 413,
      code: 'OTSRequestBodyTooLarge',
    });
    await isAlive();
  });

  it('keeps no more of a body than shows that it is too large', async () => {
    let kept = 0;
    const engine = {
      answer(request: { readonly body: Uint8Array }) {
        kept = request.body.length;
        return Promise.resolve({ status: 413, headers: {}, body: new Uint8Array() });
      },
    };
    const { port, close } = await serve(engine, { port: 0, host: '127.0.0.1' });
    try {
      const endpoint = `http://127.0.0.1:${port}`;
      await send({ ...access(), endpoint }, 'ListTable', Buffer.alloc(4 * MAX_REQUEST_BYTES));
    } finally {
      await close();
    }
    expect(kept).toBeGreaterThan(MAX_REQUEST_BYTES);
    // One part of what a socket reads at once.
    expect(kept).toBeLessThanOrEqual(MAX_REQUEST_BYTES + 64 * 1024);
  });

  it('answers one that says to be longer than it is when the client ends it', async () => {
    const heard = await talk(requestOf(Buffer.alloc(10), { 'content-length': '99' }), 'end');
    expect(heard).toMatch(/^$|^HTTP\/1\.1 400/);
    const huge = await talk(
      requestOf(Buffer.alloc(10), { 'content-length': '9'.repeat(30) }),
      'end',
    );
    expect(huge).toMatch(/^HTTP\/1\.1 400/);
    await isAlive();
  });

  it('ends every connection when it is closed', async () => {
    const closing = await createTablestore({ instance, accessKeys: {} });
    const socket = connect(Number(new URL(closing.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await closing.close();
    await closed;
    const refused = connect(Number(new URL(closing.url).port), '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});
