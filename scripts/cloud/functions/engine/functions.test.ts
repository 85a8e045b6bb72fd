import { describe, expect, it } from 'vitest';
import type { PlatformEvent } from '../../shared/events.ts';
import { createTestClock } from '../../shared/test-clock.ts';
import { createTestHost, type TestProgram } from '../../shared/test-host.ts';
import type { FunctionSpec, Manifest } from '../core/manifest.ts';
import { createFunctions, type FunctionsOptions } from './functions.ts';

const MINUTE = 60_000;

const spec: FunctionSpec = {
  id: 'web',
  name: 'todo-web',
  region: 'cn-hangzhou',
  runtime: 'nodejs20',
  handler: 'index.handler',
  code: './dist',
  timeout: 3,
  memory: 512,
  environment: { FROM: 'manifest' },
  methods: ['GET', 'HEAD', 'POST'],
};

/** A runtime whose function counts its calls; paths ask for what else it can do. */
const counter: TestProgram = (self) => {
  let count = 0;
  return async (request) => {
    const path = new URL(request.url).pathname;
    self.log(path);
    if (path !== '/invoke') return new Response('');
    const event = (await request.json()) as { rawPath: string };
    if (event.rawPath === '/never') return new Promise(() => undefined);
    if (event.rawPath === '/exit') {
      self.exit(3);
      return new Promise(() => undefined);
    }
    if (event.rawPath === '/throw') {
      return Response.json({ errorMessage: 'no', errorType: 'Error' }, { status: 404 });
    }
    if (event.rawPath === '/malformed') return Response.json({ statusCode: 'ok' });
    return Response.json({ count: ++count, id: self.id, from: self.environment['FROM'] });
  };
};

function start(
  options: Partial<FunctionsOptions> & { program?: TestProgram } & {
    spec?: Partial<FunctionSpec>;
  } = {},
) {
  const events: PlatformEvent[] = [];
  const { host, started } = createTestHost(options.program ?? counter);
  const clock = createTestClock();
  const requestClock = createTestClock();
  const manifest: Manifest = {
    functions: [{ ...spec, ...options.spec }],
    domains: [{ name: 'auto', routes: [{ path: '/*', functionName: 'todo-web' }] }],
  };
  const functions = createFunctions({
    manifest,
    host,
    clock,
    requestClock,
    programFor: () => ({ program: { directory: '/code', entry: 'runtime' }, environment: {} }),
    emit: (event) => events.push(event),
    ...options,
  });
  const count = async (path = '/'): Promise<number> =>
    ((await (await functions.fetch(path)).json()) as { count: number }).count;
  const of = (type: PlatformEvent['type']) => events.filter((event) => event.type === type);
  return { functions, events, started, clock, requestClock, count, of };
}

/** Lets everything happen that waits for nothing but promises. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('an instance', () => {
  it('is started by the first request and reused by the next: its globals survive', async () => {
    const { count, started } = start();
    expect([await count(), await count(), await count()]).toEqual([1, 2, 3]);
    expect(started).toHaveLength(1);
  });

  it('takes one request at a time: two at once start two', async () => {
    const { functions, count } = start();
    expect(await Promise.all([count(), count()])).toEqual([1, 1]);
    expect(functions.instances()).toEqual([
      { id: 'web-1', service: 'web', state: 'idle', served: 1 },
      { id: 'web-2', service: 'web', state: 'idle', served: 1 },
    ]);
  });

  it('is reclaimed when nobody asked for 5 minutes, and its globals with it', async () => {
    const { functions, count, of } = start();
    await count();
    await functions.wait(5 * MINUTE - 1);
    expect(await count()).toBe(2);
    await functions.wait(5 * MINUTE - 1);
    expect(functions.instances()).toHaveLength(1);
    await functions.wait(1);
    expect(functions.instances()).toEqual([]);
    expect(of('instance-stopped')).toMatchObject([{ instance: 'web-1', reason: 'idle', code: 0 }]);
    expect(await count()).toBe(1);
  });

  it('is reclaimed each in its time, the one used last at last', async () => {
    const { functions, count } = start();
    await Promise.all([count(), count()]);
    await functions.wait(MINUTE);
    await count();
    await functions.wait(4 * MINUTE);
    expect(functions.instances()).toHaveLength(1);
    await functions.wait(MINUTE);
    expect(functions.instances()).toEqual([]);
  });

  it('runs its initializer once in its life, before the first request', async () => {
    const { count, started, of } = start({
      spec: { initializer: { handler: 'index.init', timeout: 3 } },
    });
    await count();
    await count();
    expect(of('log').map((event) => event.type === 'log' && event.text)).toEqual([
      '/initialize',
      '/invoke',
      '/invoke',
    ]);
    expect(started).toHaveLength(1);
  });

  it('runs its preStop before it ends', async () => {
    const { functions, count, of } = start({
      spec: { preStop: { handler: 'index.stop', timeout: 3 } },
    });
    await count();
    await functions.wait(5 * MINUTE);
    expect(of('log').map((event) => event.type === 'log' && event.text)).toEqual([
      '/invoke',
      '/pre-stop',
      'SIGTERM',
    ]);
  });
});

describe('a function that goes wrong', () => {
  it('is timed out after its own seconds, which alone ends its instance', async () => {
    const { functions, requestClock, count, of } = start();
    await Promise.all([count(), count()]);
    const late = functions.fetch('/never');
    await settle();
    await requestClock.skip(2_999);
    expect(of('timed-out')).toEqual([]);
    await requestClock.skip(1);
    const response = await late;
    expect([response.status, response.headers.get('x-fc-error-type')]).toEqual([
      504,
      'FunctionTimeoutError',
    ]);
    expect(await response.json()).toMatchObject({
      errorMessage: 'Function timed out after 3 seconds',
    });
    expect(of('instance-stopped')).toMatchObject([{ reason: 'timeout' }]);
    expect(functions.instances()).toHaveLength(1);
    expect(await count()).toBe(2);
  });

  it('is not timed out by platform time that is skipped', async () => {
    const { functions, of } = start();
    void functions.fetch('/never');
    await settle();
    await functions.wait(60 * MINUTE);
    expect(of('timed-out')).toEqual([]);
    expect(functions.instances()).toMatchObject([{ state: 'busy' }]);
  });

  it.each([
    ['throws', '/throw', 502, { errorMessage: 'no', errorType: 'Error' }, 1],
    [
      'answers with something malformed',
      '/malformed',
      502,
      { errorMessage: 'statusCode: expected 200 to 599, found "ok"' },
      1,
    ],
    [
      'exits',
      '/exit',
      502,
      { errorMessage: 'Process exited unexpectedly before completing request' },
      0,
    ],
  ])(
    '%s: its caller learns why and the others are served',
    async (_what, path, status, body, left) => {
      const { functions, count } = start();
      const response = await functions.fetch(path);
      expect(response.status).toBe(status);
      expect(response.headers.get('x-fc-error-type')).toBe('UnhandledInvocationError');
      expect(await response.json()).toEqual(body);
      expect(functions.instances()).toHaveLength(left);
      expect(await count()).toBe(1);
    },
  );

  it('fails to initialize: the call fails, the instance ends and the next call tries anew', async () => {
    let attempts = 0;
    const { functions, count, of } = start({
      spec: { initializer: { handler: 'index.init', timeout: 3 } },
      program: (self) => {
        const attempt = ++attempts;
        const answer = counter(self);
        return (request) =>
          attempt === 1 && request.url.endsWith('/initialize')
            ? Response.json({ errorMessage: 'no database' }, { status: 404 })
            : answer(request);
      },
    });
    const response = await functions.fetch('/');
    // As documented: always 200, the header tells.
    expect([response.status, response.headers.get('x-fc-error-type')]).toEqual([
      200,
      'InitializationError',
    ]);
    expect(await response.json()).toEqual({ errorMessage: 'no database' });
    expect(of('instance-stopped')).toMatchObject([{ instance: 'web-1', reason: 'crashed' }]);
    expect(await count()).toBe(1);
  });

  it('takes too long to initialize: ended after the seconds of its initializer', async () => {
    const { functions, requestClock, of } = start({
      spec: { initializer: { handler: 'index.init', timeout: 10 } },
      program: () => () => new Promise(() => undefined),
    });
    const response = functions.fetch('/');
    await settle();
    await requestClock.skip(10_000);
    expect((await response).headers.get('x-fc-error-type')).toBe('InitializationError');
    expect(of('instance-stopped')).toMatchObject([{ reason: 'timeout' }]);
  });

  it('dies between two requests: the next one gets a new instance', async () => {
    const { functions, count, started, of } = start();
    await count();
    started[0]?.exit(1);
    await settle();
    expect(functions.instances()).toEqual([]);
    expect(of('instance-stopped')).toMatchObject([{ reason: 'crashed', code: 1 }]);
    expect(await count()).toBe(1);
  });
});

describe('the platform', () => {
  it('answers the request above the cap with 429 and serves the others', async () => {
    const { functions, of } = start({ instanceCap: 2 });
    const answers = await Promise.all([1, 2, 3].map(() => functions.fetch('/')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(await answers[2]?.json()).toMatchObject({ Code: 'ResourceExhausted' });
    expect(of('throttled')).toMatchObject([{ request: 'r3', service: 'web', limit: 2 }]);
    expect((await functions.fetch('/')).status).toBe(200);
  });

  it('replaces every instance on a new deployment, a busy one when it has answered', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { functions, of } = start({
      program: (self) => {
        const answer = counter(self);
        return async (request) => {
          if (self.id === 'web-1') await gate.promise;
          return answer(request);
        };
      },
    });
    const busy = functions.fetch('/');
    await functions.fetch('/');
    const replaced = functions.redeploy({ FROM: 'redeploy' });
    await settle();
    expect(functions.instances()).toMatchObject([{ id: 'web-1', state: 'busy' }]);
    expect(await (await functions.fetch('/')).json()).toMatchObject({
      id: 'web-3',
      from: 'redeploy',
    });
    gate.resolve(undefined);
    expect(await (await busy).json()).toMatchObject({ id: 'web-1', from: 'manifest' });
    await replaced;
    expect(of('instance-stopped')).toMatchObject([
      { instance: 'web-2', reason: 'redeployed' },
      { instance: 'web-1', reason: 'redeployed' },
    ]);
  });

  it('starts with nothing after a restart', async () => {
    const { functions, count } = start();
    await count();
    await functions.restart();
    expect(functions.instances()).toEqual([]);
    expect(await count()).toBe(1);
  });

  it('starts another instance for the next request when one was killed', async () => {
    const { functions, count, of } = start();
    await Promise.all([count(), count()]);
    await functions.kill('web-1');
    expect(functions.instances()).toMatchObject([{ id: 'web-2' }]);
    await functions.kill();
    expect(functions.instances()).toEqual([]);
    expect(of('instance-stopped')).toMatchObject([{ reason: 'killed' }, { reason: 'killed' }]);
    await expect(functions.kill('web-9')).rejects.toThrow('web-9');
    expect(await count()).toBe(1);
  });

  it('ends what runs and refuses what comes when it is closed', async () => {
    const { functions, count } = start();
    await count();
    await functions.close();
    expect(functions.instances()).toEqual([]);
    expect((await functions.fetch('/')).status).toBe(503);
  });

  it('does not wait long for a busy instance when it is closed', async () => {
    const { functions, requestClock, of } = start();
    const never = functions.fetch('/never');
    await settle();
    const closed = functions.close();
    await settle();
    expect(functions.instances()).toHaveLength(1);
    await requestClock.skip(2_000);
    await closed;
    expect(of('instance-stopped')).toHaveLength(1);
    expect((await never).status).toBe(502);
  });

  it('makes a browser download what comes from the default domain, and not from a custom one', async () => {
    const { functions } = start();
    const own = await functions.fetch('/');
    expect(own.headers.get('content-disposition')).toBeNull();
    const request = new Request('http://todo-web.fcapp.localhost/');
    const other = await functions.handle(request, '127.0.0.1');
    expect(other.headers.get('content-disposition')).toBe('attachment');
  });

  it('gives every answer its request id, errors too, and HEAD no body', async () => {
    const { functions } = start();
    for (const path of ['/', '/throw']) {
      expect((await functions.fetch(path)).headers.get('x-fc-request-id')).toMatch(
        /^1-[\da-f]+-[\da-f]{12}$/,
      );
    }
    const refused = await functions.fetch('/', { method: 'DELETE' });
    expect([refused.status, refused.headers.has('x-fc-request-id')]).toEqual([403, true]);
    expect((await functions.fetch('/', { method: 'HEAD' })).body).toBeNull();
  });

  it('tells what happens in its order', async () => {
    const { count, events } = start();
    await count('/api/rule?current=1');
    expect(events.map(({ at: _at, ...change }) => change)).toEqual([
      { type: 'request', request: 'r1', to: 'trigger', method: 'GET', path: '/api/rule?current=1' },
      { type: 'hop', request: 'r1', from: 'browser', to: 'trigger' },
      { type: 'instance-starting', instance: 'web-1', service: 'web', request: 'r1' },
      { type: 'instance-ready', instance: 'web-1', service: 'web', milliseconds: 0 },
      { type: 'hop', request: 'r1', from: 'trigger', to: 'web-1' },
      { type: 'log', instance: 'web-1', stream: 'stdout', text: '/invoke' },
      { type: 'response', request: 'r1', from: 'trigger', status: 200, milliseconds: 0 },
    ]);
  });
});
