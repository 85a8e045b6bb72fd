import { expect, it } from 'vitest';
import { cpuMillis, cpuText, memoryText, quantityOf } from './quantity.ts';

it.each([
  ['100m', 0.1],
  ['2', 2],
  ['0.5', 0.5],
  ['64Mi', 67_108_864],
  ['1k', 1_000],
  ['x', undefined],
])('the quantity %s is %s', (text, expected) => {
  expect(quantityOf(text)).toBe(expected);
});

it('CPU is counted in thousandths, rounded up', () => {
  expect([cpuMillis('0.5'), cpuMillis('100m'), cpuMillis('1'), cpuMillis('0.0001')]).toEqual([
    500, 100, 1_000, 1,
  ]);
});

it('amounts are printed as kubectl top prints them', () => {
  expect([cpuText(12.3), cpuText(0), memoryText(47_185_920)]).toEqual(['13m', '0m', '45Mi']);
});
