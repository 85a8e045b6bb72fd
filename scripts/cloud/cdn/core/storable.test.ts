import { expect, it } from 'vitest';
import { isStorable } from './storable.ts';

const KEEP = { 'cache-control': 'max-age=60' };

function stored(
  headers: Record<string, string>,
  options: { status?: number; method?: string; asked?: Record<string, string> } = {},
): boolean {
  const { status = 200, method = 'GET', asked = {} } = options;
  const request = { method, headers: new Headers(asked) };
  return isStorable(request, { status, headers: new Headers(headers) }, 0);
}

it('keeps what an origin lets it keep', () => {
  expect(stored(KEEP)).toBe(true);
  expect(stored(KEEP, { status: 404 })).toBe(true);
  expect(stored({ etag: '"a"' })).toBe(true);
  expect(stored({ 'cache-control': 'max-age=0, s-maxage=60' })).toBe(true);
});

it.each([
  ['no-store', { 'cache-control': 'no-store, max-age=60' }],
  ['no-cache', { 'cache-control': 'no-cache', etag: '"a"' }],
  ['private', { 'cache-control': 'Private, max-age=60' }],
  ['max-age=0', { 'cache-control': 'max-age=0', etag: '"a"' }],
  ['s-maxage=0', { 'cache-control': 's-maxage=0, max-age=60' }],
  ['Pragma', { ...KEEP, pragma: 'no-cache' }],
  ['a cookie', { ...KEEP, 'set-cookie': 'a=1' }],
  ['an answer that depends on everything', { ...KEEP, vary: '*' }],
  ['an answer without any sign that it is a file', {}],
])('does not keep %s', (_, headers) => {
  expect(stored(headers)).toBe(false);
});

it('keeps no part, no refusal for want of a name, and only answers to GET', () => {
  for (const status of [206, 303, 304, 401, 407]) expect(stored(KEEP, { status })).toBe(false);
  expect(stored(KEEP, { method: 'HEAD' })).toBe(false);
});

it('keeps an answer to one who has signed in only when it is for everybody', () => {
  const asked = { authorization: 'Bearer x' };
  expect(stored(KEEP, { asked })).toBe(false);
  expect(stored({ 'cache-control': 'public, max-age=60' }, { asked })).toBe(true);
});
