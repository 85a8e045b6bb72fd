import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderLine } from './render.ts';

const line = [
  { text: 'if (' },
  { text: 'a', kind: 'variable' },
  { text: ' < ' },
  { text: '"b"', kind: 'string' },
  { text: ')' },
] as const;

test('kinds become classes, text becomes safe', () => {
  expect(renderLine(line)).toBe(
    'if (<span class="tv">a</span> &lt; <span class="ts">&quot;b&quot;</span>)',
  );
});

test('a mark may start and end inside tokens', () => {
  expect(renderLine(line, [[2, 6]])).toBe(
    'if<mark> (<span class="tv">a</span> </mark>&lt; <span class="ts">&quot;b&quot;</span>)',
  );
});

test('marks apart stay apart', () => {
  expect(
    renderLine(
      [{ text: 'abcdef' }],
      [
        [0, 1],
        [3, 4],
      ],
    ),
  ).toBe('<mark>a</mark>bc<mark>d</mark>ef');
});

test('every class has a colour in the style sheet', () => {
  const css = readFileSync(new URL('../../styles/code.css', import.meta.url), 'utf8');
  const kinds = [
    'comment',
    'keyword',
    'constant',
    'string',
    'variable',
    'function',
    'tag',
    'invalid',
  ] as const;
  for (const kind of kinds) {
    const name = /class="(\w+)"/.exec(renderLine([{ text: 'x', kind }]))?.[1];
    expect(css).toContain(`.${name} {\n    color: var(--${kind});`);
    expect(css).toContain(`--${kind}: light-dark(`);
  }
});
