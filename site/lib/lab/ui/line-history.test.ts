import { expect, test } from 'vitest';
import { createLineHistory } from './line-history.ts';

test('earlier lines come back in turn, and in the end what was being typed', () => {
  const lines = createLineHistory();
  for (const line of ['one', 'two', 'two', '', 'three']) lines.add(line);
  expect([lines.older('dra'), lines.older('three'), lines.older('two')]).toEqual([
    'three',
    'two',
    'one',
  ]);
  expect(lines.older('one')).toBe('one');
  expect([lines.newer('one'), lines.newer('two'), lines.newer('three')]).toEqual([
    'two',
    'three',
    'dra',
  ]);
  expect(lines.newer('dra')).toBe('dra');
});

test('without lines the draft stays, and a hundred are kept', () => {
  const lines = createLineHistory();
  expect([lines.older('a'), lines.newer('b')]).toEqual(['a', 'b']);
  for (let number = 0; number < 150; number += 1) lines.add(String(number));
  let last = '';
  for (let steps = 0; steps < 200; steps += 1) last = lines.older('');
  expect(last).toBe('50');
});
