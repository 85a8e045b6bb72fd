import { describe, expect, it } from 'vitest';
import type { TriggerRequest } from '../cloud.ts';
import { oversize, toEvent } from './event.ts';

const request = (parts: Partial<TriggerRequest> = {}): TriggerRequest => ({
  method: 'GET',
  url: new URL('http://todo.tencentscf.localhost/'),
  headers: new Headers(),
  body: new Uint8Array(),
  sourceIp: '203.0.113.7',
  ...parts,
});

describe('the event of a function URL', () => {
  it('is that of Serverless Cloud Function, with the client in a header', () => {
    const event = toEvent(
      request({
        method: 'POST',
        url: new URL('http://todo.tencentscf.localhost/api/rule?a=1&b=2'),
        headers: new Headers({ 'Content-Type': 'application/json', accept: '*/*' }),
        body: new TextEncoder().encode('{"name":"写"}'),
      }),
    );
    expect(event).toEqual({
      body: '{"name":"写"}',
      headers: {
        accept: '*/*',
        'content-type': 'application/json',
        'x-scf-remote-addr': '203.0.113.7',
      },
      httpMethod: 'POST',
      path: '/api/rule',
      queryString: { a: '1', b: '2' },
    });
  });

  it('has a list for a name that comes twice, and an empty text for an empty value', () => {
    const url = new URL('http://todo.tencentscf.localhost/?a=1&a=2&b=');
    expect(toEvent(request({ url })).queryString).toEqual({ a: ['1', '2'], b: '' });
  });

  it('damages bytes that are no text, since it cannot say that a body is base64', () => {
    expect(toEvent(request({ body: new Uint8Array([0x68, 0xff]) })).body).toBe('h\u{FFFD}');
  });

  it('leaves out headers of the connection, and those that only the platform may set', () => {
    const headers = new Headers({ te: 'trailers', 'x-scf-remote-addr': '1.1.1.1' });
    expect(toEvent(request({ headers })).headers).toEqual({ 'x-scf-remote-addr': '203.0.113.7' });
  });
});

it('an event above 6 MB is refused, with all that is in it counted', () => {
  const of = (bytes: number): string | undefined =>
    oversize(request({ body: new Uint8Array(bytes).fill(97) }));
  expect(of(6 * 1024 * 1024)).toContain('at most 6291456 are allowed');
  expect(of(6 * 1024 * 1024 - 500)).toBeUndefined();
});
