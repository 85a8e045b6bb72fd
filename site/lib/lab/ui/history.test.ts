import { expect, test } from 'vitest';
import type { PlatformChange } from '../../../../scripts/cloud/shared/events.ts';
import { createHistory, LOG_LINES, type RequestRecord } from './history.ts';
import { createStageMap } from './stage-map.ts';
import { FILE_STAGE, SOURCES } from './testing/drawn-stage.ts';

function open(entryFile: 'index.ts' | 'index-faas.ts') {
  let time = 0;
  const sent: RequestRecord[] = [];
  const history = createHistory({
    map: createStageMap({
      ...FILE_STAGE,
      entries: new Map([['web', entryFile]]),
      sources: SOURCES,
    }),
    now: () => (time += 1),
    onRequest: (request) => sent.push(request),
  });
  const tell = (...changes: readonly PlatformChange[]): void => {
    for (const change of changes) history.record({ at: 0, ...change });
  };
  return { history, sent, tell };
}

const STARTED: readonly PlatformChange[] = [
  { type: 'instance-starting', instance: 'web-1', service: 'web' },
  { type: 'instance-ready', instance: 'web-1', service: 'web', milliseconds: 100 },
];
const SENT: readonly PlatformChange[] = [
  { type: 'request', request: 'r1', to: 'web', method: 'POST', path: '/api/rule' },
  { type: 'hop', request: 'r1', from: 'web', to: 'web-1' },
];
const ended = (reason: 'killed' | 'crashed'): PlatformChange => ({
  type: 'instance-stopped',
  instance: 'web-1',
  service: 'web',
  reason,
  code: null,
});
const CALL = {
  at: 0,
  kind: 'middleware',
  phase: 'start',
  instance: 'web-1',
  request: 'r1',
} as const;
const answer = (status: number): PlatformChange => ({
  type: 'response',
  request: 'r1',
  from: 'web',
  status,
  milliseconds: 5,
});

test('a request on a machine goes from part to part, to the disk, and comes back', () => {
  const { history, sent, tell } = open('index.ts');
  tell(...STARTED, ...SENT);
  for (const name of ['securityHeaders', 'router', 'create']) history.trace({ ...CALL, name });
  history.trace({
    ...{ at: 0, kind: 'disk', instance: 'web-1', request: 'r1' },
    ...{ operation: 'write', path: '/code/db.json' },
  });
  tell(answer(201));
  const [request] = sent;
  expect(request?.route).toEqual([
    ...['browser', 'server', 'express', 'controllers', 'store', 'database', 'disk'],
  ]);
  expect(request?.calls).toEqual([
    { name: 'securityHeaders', node: 'express' },
    { name: 'router', node: 'express' },
    { name: 'create', node: 'controllers' },
  ]);
  expect(request?.end?.status).toBe(201);
  expect(history.instances.get('web-1')).toMatchObject({ state: 'idle', served: 1, busy: 0 });
});

test('what was answered well went on to where the data is; a refusal did not', () => {
  for (const [status, last] of [
    [200, 'database'],
    [400, 'controllers'],
  ] as const) {
    const { history, sent, tell } = open('index.ts');
    tell(...STARTED, ...SENT);
    history.trace({ ...CALL, name: 'list' });
    tell(answer(status));
    expect(sent[0]?.route.at(-1)).toBe(last);
  }
});

test('a function is reached by its trigger, and a disk trace without a request belongs to the only one', () => {
  const { history, sent, tell } = open('index-faas.ts');
  tell(
    { type: 'request', request: 'r1', to: 'trigger', method: 'GET', path: '/' },
    { type: 'hop', request: 'r1', from: 'browser', to: 'trigger' },
    { type: 'instance-starting', instance: 'web-1', service: 'web', request: 'r1' },
    { type: 'instance-ready', instance: 'web-1', service: 'web', milliseconds: 90 },
    { type: 'hop', request: 'r1', from: 'trigger', to: 'web-1' },
  );
  expect(history.instances.get('web-1')?.state).toBe('busy');
  history.trace({
    ...{ at: 0, kind: 'disk', instance: 'web-1' },
    ...{ operation: 'read', path: '/code/db.json' },
  });
  expect(sent[0]?.route).toEqual([
    ...['browser', 'trigger', 'adapter', 'express', 'controllers', 'store', 'database', 'disk'],
  ]);
});

test('a file of the page is not the data, though both are on the disk', () => {
  const { history, sent, tell } = open('index.ts');
  tell(...STARTED, ...SENT);
  history.trace({ ...CALL, name: 'serveStatic' });
  history.trace({
    ...{ at: 0, kind: 'disk', instance: 'web-1', request: 'r1' },
    ...{ operation: 'read', path: '/code/public/app.js' },
  });
  expect(sent[0]?.route).toEqual(['browser', 'server', 'express', 'files']);
});

test('a call of a service goes to where the data is', () => {
  const { history, sent, tell } = open('index.ts');
  tell(...STARTED, ...SENT);
  history.trace({ ...CALL, name: 'list' });
  history.trace({
    ...{ at: 0, kind: 'call', instance: 'web-1', request: 'r1', to: 'http://tablestore.lab' },
  });
  expect(sent[0]?.route.slice(-3)).toEqual(['store', 'database', 'disk']);
});

test('a request that is under way when its instance is killed has failed', async () => {
  const { history, sent, tell } = open('index.ts');
  tell(...STARTED, ...SENT, ended('killed'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(sent[0]?.end).toEqual({ at: expect.any(Number), status: undefined });
  expect([history.answered, history.failed]).toEqual([0, 1]);
});

test('a request to a machine without a process fails at once', () => {
  const { history, sent, tell } = open('index.ts');
  tell(...STARTED, ended('crashed'));
  tell(SENT[0] as PlatformChange);
  expect(sent[0]?.end?.status).toBeUndefined();
  expect(sent[0]?.end).toBeDefined();
  expect(history.failed).toBe(1);
});

test('the log keeps its last lines', () => {
  const { history, tell } = open('index.ts');
  for (let line = 1; line <= LOG_LINES * 3; line += 1)
    tell({ type: 'log', instance: 'web-1', stream: 'stdout', text: String(line) });
  expect(history.log.length).toBe(LOG_LINES);
  expect(history.log.total).toBe(LOG_LINES * 3);
  expect(history.log.last(1)[0]?.text).toBe(String(LOG_LINES * 3));
  expect([...history.log][0]?.text).toBe(String(LOG_LINES * 2 + 1));
});

test('what a CDN has answered from is in the log', () => {
  const { history, tell } = open('index.ts');
  tell(
    { type: 'request', request: 'c1', to: 'cdn', method: 'GET', path: '/app-4F7KQ2ZX.js' },
    { type: 'cache', request: 'c1', node: 'cdn', outcome: 'hit' },
  );
  expect(history.log.last(1)).toEqual([
    { at: expect.any(Number), instance: 'cdn', stream: 'stdout', text: 'hit /app-4F7KQ2ZX.js' },
  ]);
});
