import { describe, expect, it } from 'vitest';
import type { TriggerRequest } from '../cloud.ts';
import { oversize, toEvent } from './event.ts';

const request = (parts: Partial<TriggerRequest> = {}): TriggerRequest => ({
  method: 'GET',
  url: new URL('http://web.fcapp.localhost/'),
  headers: new Headers(),
  body: new Uint8Array(),
  sourceIp: '127.0.0.1',
  ...parts,
});

const context = {
  requestId: '1-65f0-9c',
  accountId: '42',
  now: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
};

describe('the event of an HTTP trigger', () => {
  it('is that of Function Compute 3.0', () => {
    const event = toEvent(
      request({
        method: 'POST',
        url: new URL('http://web.fcapp.localhost/a%20b/%E4%BD%A0?q=1&q=2&name=%26'),
        headers: new Headers([
          ['content-type', 'application/json'],
          ['user-agent', 'curl/8'],
          ['x-forwarded-for', '10.0.0.1'],
          ['x-forwarded-for', '10.0.0.2'],
        ]),
        body: new TextEncoder().encode('{"name":"你"}'),
      }),
      context,
    );
    expect(event).toEqual({
      version: 'v1',
      rawPath: '/a%20b/%E4%BD%A0',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'curl/8',
        'X-Forwarded-For': '10.0.0.1, 10.0.0.2',
      },
      queryParameters: { q: '1,2', name: '&' },
      body: '{"name":"你"}',
      isBase64Encoded: false,
      requestContext: {
        accountId: '42',
        domainName: 'web.fcapp.localhost',
        domainPrefix: 'web',
        requestId: '1-65f0-9c',
        time: '2026-01-02T03:04:05Z',
        timeEpoch: '1767323045678',
        http: {
          method: 'POST',
          path: '/a b/你',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8',
        },
      },
    });
  });

  it.each([
    ['image/png', new Uint8Array([0, 255, 1]), 'AP8B'],
    ['', new TextEncoder().encode('hi'), 'aGk='],
    ['application/json', new Uint8Array([0xff, 0xfe]), '//4='],
  ])('carries a body of type "%s" that is no text as base64', (type, body, expected) => {
    const event = toEvent(
      request({ headers: new Headers({ 'content-type': type }), body }),
      context,
    );
    expect([event.body, event.isBase64Encoded]).toEqual([expected, true]);
  });

  it('leaves out what belongs to the connection, and headers that only the platform may set', () => {
    const headers = new Headers({
      connection: 'keep-alive',
      'transfer-encoding': 'chunked',
      'x-fc-account-id': 'somebody else',
      accept: '*/*',
    });
    expect(toEvent(request({ headers }), context).headers).toEqual({ Accept: '*/*' });
  });

  it('keeps a path that cannot be decoded', () => {
    const url = new URL('http://web.fcapp.localhost/%E0%A4%A');
    expect(toEvent(request({ url }), context).requestContext.http.path).toBe('/%E0%A4%A');
  });
});

describe('a request that is too large', () => {
  it.each([
    ['path', { url: new URL(`http://localhost/${'a'.repeat(4_096)}`) }],
    ['headers', { headers: new Headers({ cookie: 'a'.repeat(8_192) }) }],
    ['body', { body: new Uint8Array(32 * 1024 * 1024 + 1) }],
  ])('is refused for its %s', (part, parts) => {
    expect(oversize(request(parts))).toContain(part);
  });

  it('is not one within the limits', () => {
    expect(
      oversize(request({ url: new URL(`http://localhost/${'a'.repeat(4_095)}`) })),
    ).toBeUndefined();
  });
});
