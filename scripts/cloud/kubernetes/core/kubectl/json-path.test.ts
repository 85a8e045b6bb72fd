import { expect, it } from 'vitest';
import { jsonPath } from './json-path.ts';

const LIST = { items: [{ name: 'a', ready: true }, { name: 'b' }], kind: 'List' };

it.each([
  ['{.kind}', 'List'],
  ['{.items[1].name}', 'b'],
  ['{.items[*].name}', 'a b'],
  ['{.items[0]}', '{"name":"a","ready":true}'],
  ['{.items[0].ready}{"\\n"}', 'true\n'],
  ['kind: {$.kind}', 'kind: List'],
  ['{.none.at.all}', ''],
])('%s is %j', (template, text) => {
  expect(jsonPath(LIST, template)).toBe(text);
});

it('that is more than that is refused', () => {
  expect(() => jsonPath(LIST, '{range .items[*]}')).toThrow('error parsing jsonpath');
});
