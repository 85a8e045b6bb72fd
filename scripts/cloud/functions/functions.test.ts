// What readers complain about in other local emulators, on real processes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createNodeHost } from '../hosts/node/host.ts';
import type { PlatformEvent } from '../shared/events.ts';
import { createSkippableClock } from '../shared/skippable-clock.ts';
import { systemClock } from '../shared/system-clock.ts';
import { createFunctions, type FunctionSpec, type Functions, runtimeProgram } from './index.ts';

const MINUTE = 60_000;
const CODE = join(import.meta.dirname, 'fixtures', 'code');
const running: Functions[] = [];

function start(spec: Partial<FunctionSpec> = {}, instanceCap = 10) {
  const events: PlatformEvent[] = [];
  const functions = createFunctions({
    manifest: {
      functions: [
        {
          id: 'web',
          name: 'web',
          region: 'cn-hangzhou',
          runtime: 'nodejs20',
          handler: 'index.handler',
          code: './code',
          timeout: 1,
          memory: 128,
          environment: {},
          initializer: { handler: 'index.initialize', timeout: 3 },
          preStop: { handler: 'index.preStop', timeout: 3 },
          methods: ['GET', 'POST'],
          ...spec,
        },
      ],
      domains: [{ name: 'auto', routes: [{ path: '/*', functionName: 'web' }] }],
    },
    host: createNodeHost(),
    programFor: (found) => runtimeProgram(found, join(import.meta.dirname, 'fixtures')),
    clock: createSkippableClock(systemClock),
    requestClock: systemClock,
    emit: (event) => events.push(event),
    instanceCap,
  });
  running.push(functions);
  const ask = async (path: string): Promise<Record<string, number & string>> =>
    (await (await functions.fetch(path)).json()) as Record<string, number & string>;
  const logs = (): string[] =>
    events.flatMap((event) => (event.type === 'log' ? [event.text] : []));
  return { functions, events, ask, logs };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((functions) => functions.close()));
});

describe('a real instance', () => {
  it('keeps its globals over requests and is initialized once, until it is reclaimed', async () => {
    const { functions, ask, logs } = start();
    const first = await ask('/count');
    expect(first).toMatchObject({ count: 1, initialized: 1 });
    expect(await ask('/count')).toEqual({ ...first, count: 2 });
    await functions.wait(6 * MINUTE);
    expect(logs()).toContain('goodbye');
    const second = await ask('/count');
    expect(second).toMatchObject({ count: 1, initialized: 1 });
    expect(second['pid']).not.toBe(first['pid']);
  });

  it('is a process of its own for each request at the same time', async () => {
    const { ask } = start();
    const answers = await Promise.all([1, 2, 3].map(() => ask('/sleep')));
    expect(new Set(answers.map(({ pid }) => pid))).toHaveProperty('size', 3);
  });

  it('cannot write its code, only its temporary folder', async () => {
    const { ask } = start();
    expect(await ask('/write')).toEqual({ code: 'ERR_ACCESS_DENIED', temporary: 'written' });
    expect(existsSync(join(CODE, 'x'))).toBe(false);
  });

  it('is told who it is, and nothing of this machine', async () => {
    const { ask, logs } = start({ environment: { GREETING: 'hello' } });
    const { context, environment } = (await ask('/context')) as unknown as Record<
      string,
      Record<string, unknown>
    >;
    expect(context).toMatchObject({
      function: { name: 'web', handler: 'index.handler', memory: 128, timeout: 1 },
      region: 'cn-hangzhou',
    });
    expect(environment).toMatchObject({ GREETING: 'hello', TZ: 'UTC', FC_FUNCTION_NAME: 'web' });
    expect(
      Object.keys(environment ?? {})
        .filter((name) => name in process.env)
        .toSorted(),
    ).toEqual(
      ['HOME', 'NODE_OPTIONS', 'PATH', 'TMPDIR', 'TZ']
        .filter((name) => name in process.env)
        .toSorted(),
    );
    // A line comes its own way, and may come after the answer.
    await expect
      .poll(logs)
      .toContainEqual(expect.stringContaining('[info] hello from the function'));
  });

  it('may answer with a callback', async () => {
    const { functions } = start({ handler: 'index.withCallback' });
    expect(await (await functions.fetch('/')).text()).toBe('called back');
    const failed = await functions.fetch('/?fail=1');
    expect(await failed.json()).toMatchObject({ errorMessage: 'asked to', errorType: 'Error' });
  });

  it('carries binary bodies both ways', async () => {
    const { functions } = start();
    const bytes = new Uint8Array(50_000).map((_, index) => index % 251);
    const headers = { 'content-type': 'image/png' };
    const response = await functions.fetch('/binary', { method: 'POST', body: bytes, headers });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });
});

describe('a poisoned request', () => {
  it.each([
    ['/spin', 504, 'Function timed out after 1 seconds', 'timeout'],
    ['/never', 504, 'Function timed out after 1 seconds', 'timeout'],
    ['/exit', 502, 'Process exited unexpectedly before completing request', 'crashed'],
    ['/reject-elsewhere', 502, 'Process exited unexpectedly before completing request', 'crashed'],
    ['/throw', 502, 'out of todos', undefined],
    ['/malformed', 502, 'statusCode: expected 200 to 599, found "fine"', undefined],
    ['/unserialisable', 502, 'Do not know how to serialize a BigInt', undefined],
  ])('to %s ends at most its own instance', async (path, status, message, reason) => {
    const { functions, events, ask } = start();
    // Two instances: the poison goes to the one that was used last.
    await Promise.all([ask('/sleep'), ask('/sleep')]);
    const response = await functions.fetch(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errorMessage: message });
    const stops = events.flatMap((event) =>
      event.type === 'instance-stopped' ? [event.reason] : [],
    );
    expect(stops).toEqual(reason ? [reason] : []);
    expect(functions.instances()).toHaveLength(reason ? 1 : 2);
    expect(await ask('/count')).toMatchObject({ initialized: 1 });
  });

  it('that eats all memory ends its own instance, and the host lives', async () => {
    const { functions, ask } = start({ timeout: 20 });
    const answers = await Promise.all([functions.fetch('/memory'), ask('/sleep')]);
    expect(answers[0].status).toBe(502);
    expect(await ask('/count')).toMatchObject({ count: 1 });
    // Two cores that others work on too fill a heap slowly.
  }, 30_000);

  it('to a module that cannot be loaded says so', async () => {
    const { functions } = start({ handler: 'broken.handler' });
    const response = await functions.fetch('/');
    expect(await response.json()).toMatchObject({
      errorMessage: expect.stringMatching(
        /^Cannot load broken\.js: it needs .*node_modules.*, which is outside the code folder$/,
      ) as string,
    });
  });

  it('cannot be served without code: the failure says where it should be', () => {
    expect(() => start({ code: './nowhere' })).toThrow(
      /expected its code in .*nowhere, found nothing/,
    );
  });

  it('to a handler that is not exported names it', async () => {
    const { functions } = start({ handler: 'index.handle' });
    const response = await functions.fetch('/');
    expect(await response.json()).toMatchObject({
      errorMessage: expect.stringContaining('exports no function "handle"') as string,
    });
  });
});

describe('the cap', () => {
  it('answers the request above it with 429 at once', async () => {
    const { functions } = start({}, 2);
    const answers = await Promise.all([1, 2, 3].map(() => functions.fetch('/sleep')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  });
});
