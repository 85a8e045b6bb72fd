import { expect, test } from 'vitest';
import { createCookieJar } from './cookie-jar.ts';

test('a cookie is sent back until it is replaced, expires or is taken away', () => {
  let now = 0;
  const jar = createCookieJar(() => now);
  expect(jar.header('/')).toBeUndefined();
  jar.set('token=a.b=c; Path=/; HttpOnly; SameSite=Lax');
  jar.set('theme=dark; Max-Age=10');
  expect(jar.header('/api/rule')).toBe('token=a.b=c; theme=dark');
  now = 10_000;
  expect(jar.header('/')).toBe('token=a.b=c');
  jar.set('token=; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
  expect(jar.header('/')).toBeUndefined();
});

test('Max-Age wins over Expires', () => {
  const jar = createCookieJar(() => 0);
  jar.set('a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
  expect(jar.header('/')).toBe('a=1');
});

test('a path covers itself and what is below it, not its namesakes', () => {
  const jar = createCookieJar(() => 0);
  jar.set('a=1; Path=/api');
  expect(jar.header('/api')).toBe('a=1');
  expect(jar.header('/api/rule')).toBe('a=1');
  expect(jar.header('/apical')).toBeUndefined();
});

test('nonsense is no cookie', () => {
  const jar = createCookieJar(() => 0);
  for (const header of ['', '=x', 'novalue', ';']) jar.set(header);
  expect(jar.header('/')).toBeUndefined();
});
