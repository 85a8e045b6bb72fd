import { expect, test } from 'vitest';
import { fill } from './fill.ts';

test('fills every gap, also one that comes twice', () => {
  expect(fill('{a} of {b}, {a}', { a: 1, b: 2 })).toBe('1 of 2, 1');
});

test('a gap that nobody fills is a mistake', () => {
  expect(() => fill('{a} of {b}', { a: 1 })).toThrow('no value for {b}');
});
