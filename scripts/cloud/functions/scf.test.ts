// Serverless Cloud Function on real processes: what it shares with Function Compute is tested in functions.test.ts.
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createNodeHost } from '../hosts/node/host.ts';
import type { PlatformEvent } from '../shared/events.ts';
import { createSkippableClock } from '../shared/skippable-clock.ts';
import { systemClock } from '../shared/system-clock.ts';
import { createFunctions, type Functions, parseScfManifest, runtimeProgram, SCF } from './index.ts';

const MINUTE = 60_000;
const running: Functions[] = [];

const manifest = (handler: string): string => `
component: scf
name: todo
inputs:
  name: todo
  src: ./code
  handler: ${handler}
  runtime: Nodejs20.19
  region: ap-guangzhou
  timeout: 1
  environment: { variables: { GREETING: hello } }
  events: [{ http: { parameters: { netConfig: { enableExtranet: true }, authType: NONE } } }]
`;

function start(handler = 'scf.main_handler', instanceCap = 10) {
  const events: PlatformEvent[] = [];
  const functions = createFunctions({
    manifest: parseScfManifest(manifest(handler), 'serverless.yml'),
    cloud: SCF,
    host: createNodeHost(),
    programFor: (found) => runtimeProgram(found, join(import.meta.dirname, 'fixtures'), SCF),
    clock: createSkippableClock(systemClock),
    requestClock: systemClock,
    emit: (event) => events.push(event),
    instanceCap,
  });
  running.push(functions);
  const ask = async (path: string): Promise<Record<string, unknown>> =>
    (await (await functions.fetch(path)).json()) as Record<string, unknown>;
  return { functions, events, ask };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((functions) => functions.close()));
});

describe('a function of Serverless Cloud Function', () => {
  it('is called with an object, and with the context and variables of its cloud', async () => {
    const { functions, ask } = start();
    const event = await ask('/event?a=1&a=2');
    expect(event).toMatchObject({ httpMethod: 'GET', path: '/event', body: '' });
    expect(event['queryString']).toEqual({ a: ['1', '2'] });
    const response = await functions.fetch('/context');
    const { context, environment } = (await response.json()) as Record<string, object>;
    expect(context).toMatchObject({
      callbackWaitsForEmptyEventLoop: true,
      function_name: 'todo',
      memory_limit_in_mb: 128,
      time_limit_in_ms: 1_000,
      request_id: response.headers.get('x-scf-request-id'),
      tencentcloud_region: 'ap-guangzhou',
    });
    expect(environment).toMatchObject({
      GREETING: 'hello',
      TENCENTCLOUD_RUNENV: 'SCF',
      SCF_FUNCTIONNAME: 'todo',
    });
    expect(Object.keys(environment ?? {}).filter((name) => name.startsWith('FC_'))).toEqual([]);
  });

  it('keeps its globals until it is reclaimed, and writes nowhere but in its temporary folder', async () => {
    const { functions, ask } = start();
    const first = await ask('/count');
    expect(await ask('/count')).toEqual({ ...first, count: 2 });
    expect(await ask('/write')).toEqual({ code: 'ERR_ACCESS_DENIED', temporary: 'written' });
    await functions.wait(6 * MINUTE);
    expect(functions.instances()).toEqual([]);
    expect(await ask('/count')).toMatchObject({ count: 1 });
  });

  it('sets several cookies, and answers at its own address without a download', async () => {
    const { functions } = start();
    const response = await functions.handle(
      new Request('http://todo.tencentscf.localhost/cookies'),
      '203.0.113.7',
    );
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('content-disposition')).toBeNull();
  });

  it.each([
    ['/never', 433, 'Invoking task timed out after 1 seconds', 'timeout'],
    ['/exit', 439, 'User process exit when running', 'crashed'],
    ['/throw', 430, 'user code exception caught', undefined],
    ['/malformed', 403, 'Invalid scf response format', undefined],
    ['/large', 407, 'The size of response exceeds the upper limit (6MB)', undefined],
  ])('that fails at %s answers %i and ends at most its instance', async (...row) => {
    const [path, status, errorMessage, reason] = row;
    const { functions, events } = start();
    const response = await functions.fetch(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      errorCode: -1,
      errorMessage,
      requestId: response.headers.get('x-scf-request-id'),
      statusCode: status,
    });
    const stops = events.flatMap((event) =>
      event.type === 'instance-stopped' ? [event.reason] : [],
    );
    expect(stops).toEqual(reason ? [reason] : []);
  });

  it.each([
    ['broken.handler', 443, 'UserCodeError'],
    ['scf.nobody', 437, 'HandlerNotFound'],
  ])('called %s, which is not there, answers %i', async (handler, status, errorMessage) => {
    const { functions } = start(handler);
    const response = await functions.fetch('/');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errorMessage });
  });

  it('above its cap answers 432 at once', async () => {
    const { functions } = start('scf.main_handler', 2);
    const answers = await Promise.all([1, 2, 3].map(() => functions.fetch('/sleep')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 432]);
  });

  it('that eats all memory is told so', async () => {
    const text = manifest('scf.main_handler').replace('timeout: 1', 'timeout: 60');
    const functions = createFunctions({
      manifest: parseScfManifest(
        text.replace('  name: todo\n  src', '  memorySize: 64\n  src'),
        '',
      ),
      cloud: SCF,
      host: createNodeHost(),
      programFor: (found) => runtimeProgram(found, join(import.meta.dirname, 'fixtures'), SCF),
      clock: createSkippableClock(systemClock),
      requestClock: systemClock,
      emit: () => undefined,
    });
    running.push(functions);
    expect((await functions.fetch('/memory')).status).toBe(434);
  }, 60_000);
});
