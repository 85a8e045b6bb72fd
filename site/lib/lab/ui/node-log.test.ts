import { expect, test } from 'vitest';
import type { InstanceRecord, LogRecord, RequestRecord } from './history.ts';
import { nodeLog } from './node-log.ts';
import { createTail } from './tail.ts';

const instance = (id: string, service: string): [string, InstanceRecord] => [
  id,
  { id, service, startedAt: 0, state: 'idle', served: 0, busy: 0 },
];
const request = (
  at: number,
  route: string[],
  status: number | undefined | 'open',
): RequestRecord => ({
  ...{ id: `r${at}`, method: 'GET', path: `/${at}`, sentAt: at - 2, route, calls: [] },
  ...(status !== 'open' && { end: { at, status } }),
});
const line = (at: number, name: string | undefined, text: string): LogRecord => ({
  ...{ at, instance: name, stream: 'stdout', text },
});

function seen() {
  const requests = createTail<RequestRecord>(10);
  for (const each of [
    request(1, ['browser', 'server', 'express'], 200),
    request(3, ['browser', 'server'], 500),
    request(5, ['browser', 'server'], undefined),
    request(7, ['browser', 'server'], 'open'),
  ])
    requests.push(each);
  const log = createTail<LogRecord>(10);
  for (const each of [
    line(2, 'web-1', 'listens'),
    line(4, 'cdn', 'miss /a.js'),
    line(6, undefined, 'the Lab'),
  ])
    log.push(each);
  return { requests, log, instances: new Map([instance('web-1', 'web')]) };
}

const place = (name: string, service?: string) => (service === 'web' ? 'server' : name);

test('a part’s log has the requests that came by and what stands there wrote, in order', () => {
  expect(nodeLog('server', seen(), place, 5).map(({ stream, text }) => [stream, text])).toEqual([
    ['request', 'GET /1 200 2.0 ms'],
    ['stdout', 'listens'],
    ['stderr', 'GET /3 500 2.0 ms'],
    ['stderr', 'GET /5 ✗ 2.0 ms'],
    ['request', 'GET /7 …'],
  ]);
  expect(nodeLog('cdn', seen(), place, 5).map(({ text }) => text)).toEqual(['miss /a.js']);
  expect(nodeLog('express', seen(), place, 5)).toHaveLength(1);
});

test('only the last lines are kept', () => {
  expect(nodeLog('server', seen(), place, 2).map(({ text }) => text)).toEqual([
    'GET /5 ✗ 2.0 ms',
    'GET /7 …',
  ]);
});
