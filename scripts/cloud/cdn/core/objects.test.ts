import { describe, expect, it } from 'vitest';
import { cacheControl, contentType, objectName } from './objects.ts';

describe('the name of an object', () => {
  it('is the path, decoded', () => {
    expect(objectName('/assets/app-4F7KQ2ZX.js')).toBe('assets/app-4F7KQ2ZX.js');
    expect(objectName('/%E5%BE%85%E5%8A%9E.svg')).toBe('待办.svg');
  });

  it.each([
    '/',
    '/../package.json',
    '/%2e%2e%2fpackage.json',
    '/..%2fpackage.json',
    '/a/%2e%2e/%2e%2e/package.json',
    '/%2e%2e%5cpackage.json',
    '/..\\package.json',
    '/a//b.js',
    '/a/',
    '/.env',
    '/.git/config',
    '/%00.js',
    '/%zz.js',
  ])('is none for %s', (path) => {
    expect(objectName(path)).toBeUndefined();
  });

  it('may hold dots that lead nowhere', () => {
    expect(objectName('/%252e%252e%252fpackage.json')).toBe('%2e%2e%2fpackage.json');
    expect(objectName('/a..b.js')).toBe('a..b.js');
  });
});

it('has a type by its ending', () => {
  expect(contentType('app.js')).toBe('text/javascript; charset=utf-8');
  expect(contentType('A.SVG')).toBe('image/svg+xml');
  expect(contentType('constructor')).toBe('application/octet-stream');
  expect(contentType('a.constructor')).toBe('application/octet-stream');
});

it('may be kept for a year with a hash in its name, and not without asking otherwise', () => {
  for (const name of ['app-4F7KQ2ZX.js', 'styles.0a1b2c3d.css', 'a/b-deadbeef01.svg'])
    expect(cacheControl(name)).toBe('public, max-age=31536000, immutable');
  for (const name of ['index.html', 'app.js', 'styles-blue.css', 'favicon.svg', 'wordlist.js'])
    expect(cacheControl(name)).toBe('no-cache');
});
