import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Instance, LogLine, StartOptions } from '../../shared/instance.ts';
import { createNodeHost } from './host.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const started: Instance[] = [];
let lines: LogLine[] = [];

function start(entry: string, options: Partial<StartOptions> = {}): Instance {
  lines = [];
  const instance = createNodeHost().start(
    { directory: FIXTURES, entry },
    {
      id: 'web-1',
      environment: { PORT: '0', ...options.environment },
      disk: options.disk ?? 'writable',
      ...(options.first !== undefined && { first: options.first }),
      onLog: (line) => lines.push(line),
    },
  );
  started.push(instance);
  return instance;
}

const get = (instance: Instance, path: string, init?: RequestInit): Promise<Response> =>
  instance.fetch(new Request(`http://todo.localhost${path}`, init));

const refused = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(false)).on('error', () =>
      resolve(true),
    );
    socket.unref();
  });

async function eventually(
  condition: () => boolean | Promise<boolean>,
  within: number,
): Promise<void> {
  const end = performance.now() + within;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not so within ${within} ms`);
    await sleep(20);
  }
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((instance) => instance.kill()));
});

describe('a request to a program', () => {
  it('arrives with its method, path, query, host and headers', async () => {
    const seen = (await (
      await get(start('server.ts'), '/request?a=1&b=%20', {
        method: 'DELETE',
        headers: { cookie: 'a=1; b=2' },
      })
    ).json()) as Record<string, unknown>;
    expect(seen).toMatchObject({
      method: 'DELETE',
      url: '/request?a=1&b=%20',
      headers: { host: 'todo.localhost', cookie: 'a=1; b=2' },
    });
  });

  it('comes on a connection of its own, since a kept one may be closed as it is taken again', async () => {
    const instance = start('server.ts');
    const seen = async (): Promise<unknown> => (await get(instance, '/request')).json();
    for (const each of [await seen(), await seen()])
      expect(each).toMatchObject({ headers: { connection: 'close' } });
  });

  it.each(['POST', 'PUT', 'DELETE'])('carries binary bodies both ways with %s', async (method) => {
    const bytes = new Uint8Array(100_000).map((_, index) => index % 256);
    const response = await get(start('server.ts'), '/echo', { method, body: bytes });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it('is answered as the program answers: redirects, encoding and each cookie as they are', async () => {
    const instance = start('server.ts');
    const moved = await get(instance, '/moved');
    expect([moved.status, moved.headers.get('location')]).toEqual([302, '/echo']);
    expect((await get(instance, '/cookies')).headers.getSetCookie()).toEqual([
      'a=1; Path=/',
      'b=2',
    ]);
    const packed = await get(instance, '/gzip');
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(new Uint8Array(await packed.arrayBuffer()).slice(0, 2)).toEqual(
      new Uint8Array([0x1f, 0x8b]),
    );
    const head = await get(instance, '/request', { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, null]);
  });

  it('gets the first bytes before the last are written', async () => {
    const reader = (await get(start('server.ts'), '/stream')).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first');
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('second');
  });

  it('ends at the program when the client gives up', async () => {
    const instance = start('server.ts');
    await instance.listening;
    const gone = get(instance, '/hang', { signal: AbortSignal.timeout(100) });
    await expect(gone).rejects.toThrow(/timeout/i);
    await eventually(() => lines.some(({ text }) => text === 'client gone'), 2_000);
  });

  it('is rejected when the program ends before it has answered', async () => {
    const instance = start('server.ts');
    await expect(get(instance, '/exit')).rejects.toThrow('fetch failed');
    expect(await instance.exited).toEqual({ code: 3, signal: null });
  });
});

describe('what a program sees of the machine', () => {
  it('is its environment and a folder of its own, and nothing else', async () => {
    const response = await get(
      start('server.ts', { environment: { GREETING: 'hello' } }),
      '/environment',
    );
    const environment = (await response.json()) as Record<string, string>;
    expect(Object.keys(environment).toSorted()).toEqual([
      'GREETING',
      'HOME',
      'PATH',
      'PORT',
      'TMPDIR',
    ]);
    expect(environment['GREETING']).toBe('hello');
  });

  it('cannot be written on a read-only disk, except the temporary folder', async () => {
    const instance = start('server.ts', { disk: 'read-only' });
    const seen = (await (await get(instance, '/write')).json()) as Record<string, string>;
    expect(seen).toMatchObject({ code: 'ERR_ACCESS_DENIED', temporary: 'written' });
    expect(existsSync(join(FIXTURES, 'written.txt'))).toBe(false);
    await instance.stop(1_000);
    expect(existsSync(seen['directory'] ?? '')).toBe(false);
  });
});

describe('the end of an instance', () => {
  it('drains on SIGTERM', async () => {
    const instance = start('server.ts');
    await instance.listening;
    expect(await instance.stop(2_000)).toEqual({ code: 0, signal: null });
    expect(lines.at(-1)?.text).toBe('drained');
  });

  it('is forced when it does not drain in time', async () => {
    const instance = start('server.ts', { environment: { STUBBORN: '1' } });
    await instance.listening;
    expect(await instance.stop(100)).toEqual({ code: null, signal: 'SIGKILL' });
    expect(lines.at(-1)?.text).toBe('ignored');
  });

  it('is told with the last lines when the program never listened', async () => {
    const instance = start('broken.ts');
    await expect(instance.listening).rejects.toThrow(
      'web-1 ended with code 2 before it listened\nthe configuration is missing',
    );
  });

  it('comes within 2 s of a parent that was killed, even in an endless loop', async () => {
    const parent = spawn(process.execPath, [join(FIXTURES, 'parent.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [told] = (await parent.stdout.setEncoding('utf8').take(1).toArray()) as [string];
    const { port, folder, pid } = JSON.parse(told) as { port: number; folder: string; pid: number };
    expect(await refused(port)).toBe(false);
    parent.kill('SIGKILL');
    try {
      await eventually(async () => (await refused(port)) && !existsSync(folder), 2_000);
    } finally {
      if (!(await refused(port))) process.kill(pid, 'SIGKILL');
    }
  });
});

describe('the log of an instance', () => {
  it('comes in whole lines, and a last one without an end comes when the program ends', async () => {
    const instance = start('server.ts');
    await get(instance, '/log');
    await eventually(() => lines.some(({ text }) => text === 'two'), 2_000);
    expect(lines.map(({ text }) => text)).toEqual(['ready', 'one', 'two']);
    await instance.stop(1_000);
    expect(lines).toContainEqual({ stream: 'stderr', text: 'without an end' });
  });
});

describe('what an instance uses', () => {
  it('is measured while it runs and grows with its work', async () => {
    const instance = start('server.ts');
    await instance.listening;
    const before = await instance.usage?.();
    expect(before?.memoryBytes).toBeGreaterThan(10 * 2 ** 20);
    for (let index = 0; index < 50; index += 1) await get(instance, '/gzip');
    const after = await instance.usage?.();
    expect(after?.cpuMilliseconds).toBeGreaterThan(before?.cpuMilliseconds ?? Infinity);
  });

  it('is unknown once it has ended', async () => {
    const instance = start('server.ts');
    await instance.listening;
    await instance.kill();
    expect(await instance.usage?.()).toBeUndefined();
  });
});

describe('the first process of a container', () => {
  const isOver = (instance: Instance, within: number): Promise<boolean> =>
    Promise.race([instance.exited.then(() => true), sleep(within).then(() => false)]);

  it('ignores a SIGTERM that it has no handler for', async () => {
    const instance = start('quiet.ts', { first: true });
    await instance.listening;
    void instance.stop(60_000);
    expect(await isOver(instance, 300)).toBe(false);
  });

  it('follows its own handler', async () => {
    const instance = start('server.ts', { first: true });
    await instance.listening;
    expect(await instance.stop(60_000)).toEqual({ code: 0, signal: null });
  });

  it('is ended by it elsewhere', async () => {
    const instance = start('quiet.ts');
    await instance.listening;
    expect(await instance.stop(60_000)).toEqual({ code: null, signal: 'SIGTERM' });
  });
});
