// The small decisions about headers: encodings, validators, ranges, who may read.
import { describe, expect, it } from 'vitest';
import { isUnchanged, refreshed, validatorsOf } from './conditional.ts';
import { corsHeaders, preflight } from './cors.ts';
import { passedOn } from './edge-headers.ts';
import { accepts, isCompressible, normalEncoding } from './encoding.ts';
import { isPurged } from './purge.ts';
import { partOf } from './range.ts';
import { selectorOf, selects } from './vary.ts';

describe('encodings', () => {
  it('are allowed by name, by the star, and not with quality 0', () => {
    expect(accepts('gzip, br;q=0.5', 'br')).toBe(true);
    expect(accepts('gzip;q=0, *', 'gzip')).toBe(false);
    expect(accepts('*;q=0.1', 'gzip')).toBe(true);
    expect(accepts(null, 'gzip')).toBe(false);
  });

  it('make one object of requests that say the same in other words', () => {
    expect(normalEncoding('gzip, deflate, br, zstd')).toBe('br, gzip');
    expect(normalEncoding('BR;q=1, x-gzip, gzip;q=0.2')).toBe('br, gzip');
    expect(normalEncoding('deflate')).toBe('');
    const selector = selectorOf(
      new Headers({ 'accept-encoding': 'gzip, deflate' }),
      new Headers({ vary: 'Accept-Encoding' }),
    );
    expect(selects(selector, new Headers({ 'accept-encoding': 'gzip' }))).toBe(true);
    expect(selects(selector, new Headers())).toBe(false);
  });

  it('are worth it for text of some size that is not compressed yet', () => {
    const css = new Headers({ 'content-type': 'text/css' });
    expect([isCompressible(css, 1024), isCompressible(css, 1023)]).toEqual([true, false]);
    expect(isCompressible(new Headers({ 'content-type': 'image/png' }), 9999)).toBe(false);
    css.set('content-encoding', 'br');
    expect(isCompressible(css, 9999)).toBe(false);
  });
});

describe('validators', () => {
  const own = new Headers({ etag: '"a"', 'last-modified': 'Wed, 25 Nov 2026 00:00:00 GMT' });
  it.each([
    [{ 'if-none-match': '"a"' }, true],
    [{ 'if-none-match': 'W/"a"' }, true],
    [{ 'if-none-match': '"b", "a"' }, true],
    [{ 'if-none-match': '*' }, true],
    [{ 'if-none-match': '"b"' }, false],
    [{ 'if-modified-since': 'Wed, 25 Nov 2026 00:00:00 GMT' }, true],
    [{ 'if-modified-since': 'Tue, 24 Nov 2026 00:00:00 GMT' }, false],
    [{ 'if-modified-since': 'yesterday' }, false],
    [{ 'if-none-match': '"b"', 'if-modified-since': 'Wed, 25 Nov 2026 00:00:00 GMT' }, false],
    [{}, false],
  ])('%j', (asked, expected) => {
    expect(isUnchanged(new Headers(asked as Record<string, string>), own)).toBe(expected);
  });

  it('are what the origin is asked with', () => {
    expect(validatorsOf(new Headers({ etag: '"a"' }))).toEqual([['if-none-match', '"a"']]);
    expect(validatorsOf(own)).toHaveLength(2);
  });

  it('renew what an answer says of time, not of the body', () => {
    const told = new Headers({ 'cache-control': 'max-age=9', 'content-length': '0' });
    const stored = new Headers({ 'cache-control': 'max-age=1', 'content-length': '5' });
    expect(Object.fromEntries(refreshed(stored, told))).toEqual({
      'cache-control': 'max-age=9',
      'content-length': '5',
    });
  });
});

describe('a range', () => {
  const part = (range: string, more: Record<string, string> = {}) =>
    partOf(new Headers({ range, ...more }), new Headers({ etag: '"a"' }), 10);
  it.each([
    ['bytes=0-3', { first: 0, last: 3 }],
    ['bytes=8-', { first: 8, last: 9 }],
    ['bytes=-4', { first: 6, last: 9 }],
    ['bytes=-99', { first: 0, last: 9 }],
    ['bytes=9-99', { first: 9, last: 9 }],
    ['bytes=10-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=5-3', 'all'],
    ['bytes=-', 'all'],
    ['bytes=0-1,3-4', 'all'],
    ['lines=0-1', 'all'],
  ])('%s', (range, expected) => {
    expect(part(range)).toEqual(expected);
  });

  it('is of the object that the client has, or it is the whole', () => {
    expect(part('bytes=0-3', { 'if-range': '"a"' })).toEqual({ first: 0, last: 3 });
    expect(part('bytes=0-3', { 'if-range': '"b"' })).toBe('all');
    expect(part('bytes=0-3', { 'if-range': 'W/"a"' })).toBe('all');
  });
});

describe('other origins', () => {
  it('are let in by a star or by name', () => {
    expect(corsHeaders(['*'], 'https://a.example')).toEqual({ 'access-control-allow-origin': '*' });
    expect(corsHeaders(['https://a.example'], 'https://a.example')).toEqual({
      vary: 'Origin',
      'access-control-allow-origin': 'https://a.example',
    });
    expect(corsHeaders(['https://a.example'], 'https://b.example')).toEqual({ vary: 'Origin' });
    expect(corsHeaders([], 'https://b.example')).toEqual({});
  });

  it('are told by a preflight that they may read, or refused', () => {
    expect(preflight(['*'], 'https://a.example')).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-methods': 'GET, HEAD' },
    });
    expect(preflight(['https://a.example'], 'https://b.example').status).toBe(403);
    expect(preflight(['*'], null).status).toBe(403);
  });
});

it('passes on no header of one connection', () => {
  const headers = new Headers({
    connection: 'close, X-Secret',
    'x-secret': '1',
    te: 'x',
    etag: '"a"',
  });
  expect(Object.fromEntries(passedOn(headers))).toEqual({ etag: '"a"' });
});

it('purges a file with its query, or all below a directory', () => {
  expect(isPurged('/a/b.js', { type: 'file', path: '/a/b.js' })).toBe(true);
  expect(isPurged('/a/b.js?v=1', { type: 'file', path: '/a/b.js' })).toBe(false);
  expect(isPurged('/a/b.js?v=1', { type: 'directory', path: '/a/' })).toBe(true);
  expect(isPurged('/abc.js', { type: 'directory', path: '/a' })).toBe(false);
  expect(isPurged('/x?/a/', { type: 'directory', path: '/a/' })).toBe(false);
});
