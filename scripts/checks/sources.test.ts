import { expect, test } from 'vitest';
import { formatProblem } from './problem.ts';
import { checkSources } from './sources.ts';
import { fakeTree } from './tree.ts';

const problems = (files: Record<string, string>) =>
  checkSources(fakeTree(files)).map(formatProblem);

test('the top level holds what it should and nothing else', () => {
  expect(problems({ 'README.md': '', '.npmrc': '', 'scripts/a.ts': '' })).toEqual([]);
  expect(problems({ 'vitest.config.ts': '' })[0]).toContain(
    'vitest.config.ts: does not belong at the top level',
  );
});

test('names tell what a file is', () => {
  expect(problems({ 'scripts/runStage.ts': '' })).toEqual([
    'scripts/runStage.ts: is not named in kebab-case',
  ]);
  expect(problems({ 'site/components/stage-code.astro': '' })).toEqual([
    'site/components/stage-code.astro: is not named in PascalCase',
  ]);
  expect(
    problems({
      'scripts/a-b.test.ts': '',
      'site/components/StageCode.astro': '',
      'site/pages/[a].astro': '',
    }),
  ).toEqual([]);
});

test('a long file says why it is long', () => {
  const long = 'x\n'.repeat(401);
  expect(problems({ 'scripts/long.ts': long })[0]).toContain('has 401 lines');
  expect(
    problems({
      'scripts/long.ts': `// This table is over 400 lines: one row an error code.\n${long}`,
    }),
  ).toEqual([]);
});

test('a lockfile names no registry', () => {
  const lock = '{\n"resolved": "https://registry.example/a.tgz"\n}';
  expect(problems({ 'stages/01-a/package-lock.json': lock })[0]).toContain(
    'package-lock.json:2: names a registry',
  );
});

test('each page keeps to its language', () => {
  expect(problems({ 'site/content/docs/a.mdx': 'It is 冷启动 here' })[0]).toContain(
    'holds "冷启动" in an English text',
  );
  expect(
    problems({
      'site/content/docs/zh-cn/a.mdx': '冷启动',
      'README.md': '[简体中文](README.zh-CN.md)',
    }),
  ).toEqual([]);
  expect(problems({ 'site/content/docs/zh-cn/a.mdx': '冷启动 сервер' })[0]).toContain(
    'a letter of no language',
  );
  expect(problems({ 'scripts/contract/checks/create.ts': "'задача'" })).toEqual([]);
});

test('a core reads no clock', () => {
  const path = 'scripts/cloud/functions/core/a.ts';
  expect(problems({ [path]: 'const now = new Date();' })[0]).toContain('reads the system clock');
  expect(problems({ [path]: 'const start = new Date(0);' })).toEqual([]);
});
