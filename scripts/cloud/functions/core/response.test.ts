import { describe, expect, it } from 'vitest';
import { FC } from './fc/cloud.ts';
import { toHttp } from './response.ts';

const read = (result: unknown) => {
  const parts = toHttp(typeof result === 'string' ? result : JSON.stringify(result), FC.answers);
  return typeof parts === 'string'
    ? parts
    : { ...parts, body: new TextDecoder().decode(parts.body) };
};

describe("a function's answer", () => {
  it('says its status, headers and body', () => {
    expect(
      read({ statusCode: 201, headers: { 'x-a': '1', 'content-type': 'text/plain' }, body: '好' }),
    ).toEqual({
      status: 201,
      headers: [
        ['x-a', '1'],
        ['content-type', 'text/plain'],
      ],
      body: '好',
    });
  });

  it.each([
    ['text', 'plain text', 'plain text'],
    ['JSON without a statusCode', { a: 1 }, '{"a":1}'],
    ['a list', [1], '[1]'],
    ['nothing', '', ''],
  ])('is a 200 with JSON when it is %s', (_name, result, body) => {
    expect(read(result)).toEqual({
      status: 200,
      headers: [['content-type', 'application/json']],
      body,
    });
  });

  it('may be binary', () => {
    const parts = toHttp(
      JSON.stringify({ statusCode: 200, isBase64Encoded: true, body: '//79' }),
      FC.answers,
    );
    expect(typeof parts === 'object' && [...parts.body]).toEqual([0xff, 0xfe, 0xfd]);
  });

  it('cannot set what the platform sets', () => {
    const headers = { 'X-Fc-Request-Id': 'mine', Connection: 'close', Date: 'now', Server: 'mine' };
    expect(read({ statusCode: 204, headers })).toMatchObject({
      headers: [['content-type', 'application/json']],
    });
  });

  it.each([
    [{ statusCode: 'ok' }, 'statusCode: expected 200 to 599, found "ok"'],
    [{ statusCode: 99 }, 'statusCode: expected 200 to 599, found 99'],
    [{ statusCode: 200, headers: 'none' }, 'headers: expected an object, found "none"'],
    // One Set-Cookie at most: a header is one string.
    [
      { statusCode: 200, headers: { 'set-cookie': ['a=1', 'b=2'] } },
      'headers.set-cookie: expected a string, found ["a=1","b=2"]',
    ],
    [
      { statusCode: 200, headers: { 'a b': '1' } },
      'headers.a b: expected a header that HTTP allows, found "1"',
    ],
    [
      { statusCode: 200, headers: { a: '1\r\nb: 2' } },
      'headers.a: expected a header that HTTP allows, found "1\\r\\nb: 2"',
    ],
    [
      { statusCode: 200, isBase64Encoded: true, body: 'not base64!' },
      'body: expected base64 because isBase64Encoded is true',
    ],
  ])('is told apart when it is malformed: %j', (result, expected) => {
    expect(read(result)).toBe(expected);
  });
});
