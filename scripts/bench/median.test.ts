import { expect, test } from 'vitest';
import { median } from './median.ts';

test('is the middle value, whatever the order', () => {
  expect(median([10, 1, 2])).toBe(2);
});
test('is the mean of the two in the middle of an even number', () => {
  expect(median([4, 1, 3, 100])).toBe(3.5);
});
test('is no number without values', () => {
  expect(median([])).toBeNaN();
});
