import nodeHooks from 'node:async_hooks';
import nodeChannels from 'node:diagnostics_channel';
import nodeTimers from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { absent } from './absent.ts';
import hooks from './async-hooks.ts';
import channels from './diagnostics-channel.ts';
import { hold, whenEmpty } from './event-loop.ts';
import process, { configure, end, ExitSignal } from './process.ts';
import * as timers from './timers.ts';
import timersPromises from './timers-promises.ts';

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

afterEach(() => vi.restoreAllMocks());

test('a member that is not there is told by its name when it is used, and not before', () => {
  const missing = absent('node:zlib', 'createGzip') as (() => void) & { level: number };
  const message = 'node:zlib createGzip is not in the Lab';
  expect(typeof missing).toBe('function');
  expect(() => missing()).toThrow(message);
  expect(() => new (missing as unknown as new () => object)()).toThrow(message);
  expect(() => missing.level).toThrow(message);
  expect(() => (missing.level = 1)).toThrow(message);
});

test('a process ends when nothing holds it any more, and once', async () => {
  const ended = vi.fn();
  const release = hold();
  const timer = timers.setTimeout(() => undefined, 30);
  const unreferenced = timers.setInterval(() => undefined, 5).unref();
  whenEmpty(ended);
  release();
  release();
  await wait(15);
  expect(ended).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1));
  expect([timer.hasRef(), unreferenced.hasRef()]).toEqual([true, false]);
  timers.clearTimeout(unreferenced);
});

test('timers call back with their parameters, in order, until they are cleared', async () => {
  const told: unknown[] = [];
  timers.setTimeout((value) => told.push(value), 20, 'late');
  timers.setTimeout((value) => told.push(value), 5, 'early');
  timers.setImmediate((value) => told.push(value), 'soon');
  timers.clearTimeout(timers.setTimeout(() => told.push('never'), 1));
  timers.clearImmediate(timers.setImmediate(() => told.push('never')));
  const interval = timers.setInterval(() => {
    told.push('again');
    if (told.filter((each) => each === 'again').length === 2) timers.clearInterval(interval);
  }, 30);
  // A busy machine is late, but never out of order.
  await vi.waitFor(() => expect(told).toHaveLength(5), 5_000);
  expect(told).toEqual(['soon', 'early', 'late', 'again', 'again']);
  expect(() => timers.setTimeout('code' as never)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
  );
});

test.each([
  ['node', nodeTimers],
  ['lab', timersPromises as unknown as typeof nodeTimers],
] as const)('timers/promises of %s: a value, or an abort', async (_, module) => {
  expect(await module.setTimeout(1, 'value')).toBe('value');
  expect(await module.setImmediate('soon')).toBe('soon');
  const controller = new AbortController();
  const waiting = module.setTimeout(1_000, undefined, { signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
});

test('the process is what it is told to be, and `exit` never returns', () => {
  const told: string[] = [];
  configure({
    directory: '/code',
    entry: '/code/index.ts',
    arguments: ['a'],
    environment: { PORT: '3001' },
    write: (stream, text) => told.push(`${stream} ${text}`),
    exit: (code) => told.push(`exit ${code}`),
  });
  expect([process.cwd(), process.argv.slice(1), process.env]).toEqual([
    '/code',
    ['/code/index.ts', 'a'],
    { PORT: '3001' },
  ]);
  process.stdout.write('out');
  process.stderr.write(new TextEncoder().encode('err'));
  process.once('exit', (code) => told.push(`bye ${code}`));
  let signal: unknown;
  try {
    process.exit(3);
  } catch (error) {
    signal = error;
  }
  expect(signal).toBeInstanceOf(ExitSignal);
  end();
  expect(told).toEqual(['stdout out', 'stderr err', 'bye 3', 'exit 3', 'exit 3']);
  const [seconds, nanoseconds] = process.hrtime(process.hrtime());
  expect([seconds, nanoseconds < 1e8]).toEqual([0, true]);
});

test.each([
  ['node', nodeChannels],
  ['lab', channels as unknown as typeof nodeChannels],
] as const)(
  'diagnostics_channel of %s: subscribers, and the phases of a traced call',
  async (name, module) => {
    const told: unknown[] = [];
    const traced = module.tracingChannel(`test-${name}`);
    const say = (phase: string) => (message: unknown) => {
      const { result, error } = message as { result?: unknown; error?: Error };
      told.push([phase, result, error?.message]);
    };
    const subscribers = {
      start: say('start'),
      end: say('end'),
      asyncStart: say('asyncStart'),
      asyncEnd: say('asyncEnd'),
      error: say('error'),
    };
    expect(traced.hasSubscribers).toBe(false);
    traced.subscribe(subscribers);
    expect(traced.hasSubscribers).toBe(true);
    traced.traceSync(() => 1, {});
    expect(() =>
      traced.traceSync(() => {
        throw new Error('sync');
      }, {}),
    ).toThrow('sync');
    await traced.tracePromise(async () => 2, {});
    await traced
      .tracePromise(async () => {
        throw new Error('later');
      }, {})
      .catch(() => undefined);
    traced.unsubscribe(subscribers);
    traced.traceSync(() => 3, {});
    expect(told).toEqual([
      ['start', undefined, undefined],
      ['end', 1, undefined],
      ['start', undefined, undefined],
      ['error', undefined, 'sync'],
      ['end', undefined, 'sync'],
      ['start', undefined, undefined],
      ['end', undefined, undefined],
      ['asyncStart', 2, undefined],
      ['asyncEnd', 2, undefined],
      ['start', undefined, undefined],
      ['end', undefined, undefined],
      ['error', undefined, 'later'],
      ['asyncStart', undefined, 'later'],
      ['asyncEnd', undefined, 'later'],
    ]);
    const plain = module.channel(`plain-${name}`);
    const heard = vi.fn();
    plain.subscribe(heard);
    plain.publish({ a: 1 });
    expect(heard).toHaveBeenCalledWith({ a: 1 }, `plain-${name}`);
    expect([plain.unsubscribe(heard), plain.unsubscribe(heard), plain.hasSubscribers]).toEqual([
      true,
      false,
      false,
    ]);
  },
);

test.each([
  ['node', nodeHooks],
  ['lab', hooks as unknown as typeof nodeHooks],
] as const)('async_hooks of %s: a resource runs what it is given', (_, module) => {
  const resource = new module.AsyncResource('test');
  function add(this: { base: number }, one: number, other: number): number {
    return this.base + one + other;
  }
  expect(resource.runInAsyncScope(add, { base: 1 }, 2, 3)).toBe(6);
  expect(resource.runInAsyncScope.bind(resource, () => 'bound', null)()).toBe('bound');
});
