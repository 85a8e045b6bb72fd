import { expect, test } from 'vitest';
import type { FrameAnswer, FrameRequest } from '../frame-protocol.ts';
import { createResponse } from '../../../../scripts/cloud/shared/web-messages.ts';
import { createCookieJar } from './cookie-jar.ts';
import { answerRequest, type AnswerPort } from './frame-bridge.ts';

function openPort() {
  const answers: FrameAnswer[] = [];
  let closed = false;
  const port: AnswerPort = {
    addEventListener: () => undefined,
    start: () => undefined,
    postMessage: (answer: FrameAnswer) => void answers.push(answer),
    close: () => void (closed = true),
  };
  return { port, answers, isClosed: () => closed };
}

const request = (over: Partial<FrameRequest> = {}): FrameRequest => ({
  ...{ type: 'lab:request', lab: 'a1', method: 'GET', path: '/api/rule' },
  ...{ headers: [['accept', 'text/html']], body: undefined },
  ...over,
});

const setting = (answer: (path: string, init: RequestInit) => Response) => ({
  frame: '/lab/frame/a1',
  jar: createCookieJar(() => 0),
  origin: () => 'http://localhost:3001',
  fetch: (path: string, init: RequestInit) => Promise.resolve(answer(path, init)),
});

const textOf = (answers: readonly FrameAnswer[]) =>
  answers.flatMap((each) => (each.type === 'chunk' ? [new TextDecoder().decode(each.bytes)] : []));

test('an answer travels as head, chunks and end, and the port is closed', async () => {
  const { port, answers, isClosed } = openPort();
  const seen: [string, RequestInit][] = [];
  const body = new TextEncoder().encode('{"name":"milk"}').buffer;
  await answerRequest(
    request({ method: 'POST', body }),
    port,
    setting((path, init) => {
      seen.push([path, init]);
      return new Response('yes', { status: 201, headers: { 'content-type': 'text/plain' } });
    }),
  );
  expect(answers.map(({ type }) => type)).toEqual(['head', 'chunk', 'end']);
  expect(answers[0]).toMatchObject({ status: 201, headers: [['content-type', 'text/plain']] });
  expect(textOf(answers)).toEqual(['yes']);
  expect(seen[0]?.[0]).toBe('/api/rule');
  expect(seen[0]?.[1]).toMatchObject({ method: 'POST', body });
  expect(isClosed()).toBe(true);
});

test('cookies stay in the jar and go with the next request', async () => {
  const own = setting((_path, init) => {
    const sent = new Headers(init.headers).get('cookie') ?? 'none';
    const headers = new Headers([
      ['set-cookie', 'a=1; HttpOnly'],
      ['set-cookie', 'b=2; Expires=Thu, 01 Jan 2099 00:00:00 GMT'],
    ]);
    return createResponse(sent, { headers });
  });
  const first = openPort();
  await answerRequest(request(), first.port, own);
  expect(textOf(first.answers)).toEqual(['none']);
  expect(JSON.stringify(first.answers)).not.toContain('HttpOnly');
  const second = openPort();
  await answerRequest(request(), second.port, own);
  expect(textOf(second.answers)).toEqual(['a=1; b=2']);
});

test('a redirect leads inside the frame', async () => {
  const { port, answers } = openPort();
  await answerRequest(
    request(),
    port,
    setting(() => new Response(null, { status: 302, headers: { location: '/login' } })),
  );
  expect(answers[0]).toMatchObject({ headers: [['location', '/lab/frame/a1/login']] });
});

test('a stage that does not answer is an error, not a silence', async () => {
  const { port, answers, isClosed } = openPort();
  await answerRequest(
    request(),
    port,
    setting(() => {
      throw new TypeError('fetch failed');
    }),
  );
  expect(answers).toEqual([{ type: 'error', message: 'fetch failed' }]);
  expect(isClosed()).toBe(true);
});
