import { expect, test } from 'vitest';
import { formatProblem } from './problem.ts';
import { fakeTree } from './tree.ts';
import { checkTypography } from './typography.ts';

const problems = (files: Record<string, string>) =>
  checkTypography(fakeTree(files)).map(formatProblem);
const PAGE = 'site/content/docs/zh-cn/a.mdx';

test('Chinese and Latin have a space between them', () => {
  expect(problems({ [PAGE]: '第一行\n用Node跑 3次。' })).toEqual([
    `${PAGE}:2: expected a space within "用N"`,
    `${PAGE}:2: expected a space within "e跑"`,
    `${PAGE}:2: expected a space within "3次"`,
  ]);
  expect(problems({ [PAGE]: '用 Node 跑 3 次，回 [200](https://a.cn/中a)。' })).toEqual([]);
});

test('marks beside Chinese are of full width', () => {
  expect(problems({ [PAGE]: '先落盘,后响应。' })).toEqual([
    `${PAGE}:1: expected a mark of full width in "盘,"`,
  ]);
});

test('code, fences and anchors are left alone, and so is English', () => {
  const page = '## 痛点 {#where}\n\n命令`npm run a,b`里\n\n```sh\nnpm start # 起Node\n```\n';
  expect(problems({ [PAGE]: page, 'site/content/docs/a.mdx': '用Node' })).toEqual([]);
});

test('of data only what is said in Chinese', () => {
  const file = 'stages/01-a/stage.json';
  expect(problems({ [file]: '{\n  "en": "a中",\n  "zh-CN": "用Node"\n}' })).toEqual([
    `${file}:3: expected a space within "用N"`,
  ]);
});
