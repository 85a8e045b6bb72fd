import { stripTypeScriptTypes } from 'node:module';
import { expect, test } from 'vitest';
import { erase, findErasure } from './erase.ts';

const text = `import type { A } from './a.ts';
type B = {
  '键': string; // 注释 🥛
};
export function f(a: A, b?: B): void {
  return (a as unknown) satisfies A;
}
`;

test('what a stripper took out is kept as ranges, and taken out again', () => {
  const blanked = stripTypeScriptTypes(text);
  const erasure = findErasure(text, blanked);
  expect(erase(text, erasure ?? [])).toBe(blanked.replaceAll(/[^\S\n]/g, ' '));
  expect(erase(text, erasure ?? []).trim()).toBe(
    'export function f(a   , b    )       {\n  return (a           )            ;\n}',
  );
  expect(JSON.stringify(erasure).length).toBeLessThan(100);
});

test('a text that was changed otherwise has no ranges', () => {
  expect(findErasure('a: b', 'a; b')).toBeUndefined();
  expect(findErasure('a', 'a;')).toBeUndefined();
  expect(findErasure('a', 'a')).toEqual([]);
});
