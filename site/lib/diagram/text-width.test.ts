import { expect, test } from 'vitest';
import { textWidth } from './text-width.ts';

test('a Han character takes a full em, so that Chinese labels are not clipped', () => {
  expect(textWidth('函数计算', 14)).toBe(4 * 14);
  expect(textWidth('（）', 14)).toBe(2 * 14);
});

test('narrow letters take less room than wide ones', () => {
  expect(textWidth('iiii', 10)).toBeLessThan(textWidth('xxxx', 10));
  expect(textWidth('xxxx', 10)).toBeLessThan(textWidth('MMMM', 10));
});

// Chromium's figures for Liberation Sans, which has Arial's metrics, in weight 600 at 100 px.
test.each([
  ['index-faas.ts', 611],
  ['HTTP trigger', 606],
  ['controllers', 517],
  ['Kubernetes', 550],
  ['todo-store', 494],
  ['db.json', 356],
])('"%s" is given at least its width, %i, and no fifth more', (text, width) => {
  expect(textWidth(text, 100)).toBeGreaterThanOrEqual(width);
  expect(textWidth(text, 100)).toBeLessThan(width * 1.2);
});

test('no text has no width', () => {
  expect(textWidth('', 14)).toBe(0);
});
