import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRequest, createResponse } from './web-messages.ts';

/** What a browser leaves out of the headers of its own messages; Node leaves nothing out. */
function dropping<Message extends { new (...parameters: never[]): { headers: Headers } }>(
  Type: Message,
  names: readonly string[],
): Message {
  return class extends (Type as unknown as new (...parameters: unknown[]) => { headers: Headers }) {
    constructor(...parameters: unknown[]) {
      super(...parameters);
      for (const name of names) this.headers.delete(name);
    }
  } as unknown as Message;
}

beforeEach(() => {
  vi.stubGlobal('Request', dropping(Request, ['cookie', 'sec-fetch-site']));
  vi.stubGlobal('Response', dropping(Response, ['set-cookie']));
});
afterEach(() => vi.unstubAllGlobals());

test('a request keeps the headers that a page may not set, and the type that its body brings', () => {
  const request = createRequest(new URL('http://localhost/api/rule'), {
    method: 'POST',
    headers: { cookie: 'a=1', 'Sec-Fetch-Site': 'cross-site' },
    body: 'text',
  });
  expect(request.headers.get('cookie')).toBe('a=1');
  expect(request.headers.get('sec-fetch-site')).toBe('cross-site');
  expect(request.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
  expect(
    new Request('http://localhost/', { headers: { cookie: 'a=1' } }).headers.get('cookie'),
  ).toBe(null);
});

test('a response keeps every Set-Cookie, and takes further headers', () => {
  const headers = new Headers([
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
  ]);
  const response = createResponse('body', { status: 201, headers });
  response.headers.set('x-fc-request-id', '1');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([response.status, response.headers.get('x-fc-request-id')]).toEqual([201, '1']);
});
