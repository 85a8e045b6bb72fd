import { expect, test } from 'vitest';
import { frameOf, locationInFrame } from './frame-protocol.ts';

test('an address tells its lab and the path in it, below any root', () => {
  const url = (path: string) => new URL(path, 'https://course.dev');
  expect(frameOf(url('/lab/frame/a1/'), '/')).toEqual({ lab: 'a1', path: '/' });
  expect(frameOf(url('/lab/frame/a1'), '/')).toEqual({ lab: 'a1', path: '/' });
  expect(frameOf(url('/c/lab/frame/a1/api/rule?x=1&y=%2F'), '/c/')).toEqual({
    lab: 'a1',
    path: '/api/rule?x=1&y=%2F',
  });
  expect(frameOf(url('/lab/manifest.json'), '/')).toBeUndefined();
  expect(frameOf(url('/lab/frame/'), '/')).toBeUndefined();
  expect(frameOf(url('/stages/01-all-in-one/'), '/')).toBeUndefined();
});

test('a redirect stays in the frame unless it leaves the stage', () => {
  const inFrame = (location: string) =>
    locationInFrame(location, '/lab/frame/a1', 'http://localhost:3001');
  expect(inFrame('/login?next=%2F')).toBe('/lab/frame/a1/login?next=%2F');
  expect(inFrame('http://localhost:3001/login')).toBe('/lab/frame/a1/login');
  expect(inFrame('./other')).toBe('./other');
  expect(inFrame('//example.com/')).toBe('//example.com/');
  expect(inFrame('https://example.com/')).toBe('https://example.com/');
});
