import { expect, test } from 'vitest';
import { checkParity } from './parity.ts';
import { formatProblem } from './problem.ts';
import { fakeTree } from './tree.ts';

const EN = 'site/content/docs/stages/01.mdx';
const ZH = 'site/content/docs/zh-cn/stages/01.mdx';
const problems = (files: Record<string, string>) => checkParity(fakeTree(files)).map(formatProblem);

test('equal outlines in two languages pass', () => {
  const page = (heading: string, title: string) =>
    `## ${heading} {#a}\n<StageCode stage="1" title="${title}" />\n`;
  expect(
    problems({ [EN]: page('Where it hurts', 'Routes'), [ZH]: page('痛在哪里', '路由') }),
  ).toEqual([]);
});

test('a page without its twin is found in both directions', () => {
  expect(problems({ [EN]: '' })).toEqual([
    `${EN}: has no twin in the other language: expected ${ZH}`,
  ]);
  expect(problems({ [ZH]: '' })).toEqual([
    `${ZH}: has no twin in the other language: expected ${EN}`,
  ]);
});

test('headings that differ in level, anchor or number are named', () => {
  expect(problems({ [EN]: '## A {#a}\n## B', [ZH]: '## 甲 {#a}\n### 乙' })).toEqual([
    `${ZH}: headings differ from ${EN} at number 2: expected a level 2 heading, found a level 3 heading`,
  ]);
  expect(problems({ [EN]: '## A {#a}', [ZH]: '## 甲 {#b}' })).toHaveLength(1);
  expect(problems({ [EN]: '## A', [ZH]: '## 甲\n## 乙' })[0]).toContain(
    'expected nothing, found a level 2 heading',
  );
});

test('components in another order or with another subject are named', () => {
  expect(
    problems({
      [EN]: '<Ledger stage="1" />\n<Changes />',
      [ZH]: '<Changes />\n<Ledger stage="1" />',
    })[0],
  ).toContain('components differ');
  expect(problems({ [EN]: '<Ledger stage="1" />', [ZH]: '<Ledger stage="2" />' })[0]).toContain(
    'expected <Ledger stage="1">, found <Ledger stage="2">',
  );
});

test('a stage has a README in both languages with the same outline', () => {
  expect(problems({ 'stages/01-a/README.md': '' })[0]).toContain(
    'expected stages/01-a/README.zh-CN.md',
  );
  expect(
    problems({ 'stages/01-a/README.md': '# A', 'stages/01-a/README.zh-CN.md': '## 甲' }),
  ).toHaveLength(1);
});
