import { expect, test } from 'vitest';
import { listSources, readSource } from './source.ts';
import { stageFixture } from './testing/stage-fixture.ts';

const FILES = {
  'index.ts': 'one();\n// #region two\n  two();\n// #endregion two\nthree();\n',
  'package-lock.json': '{}',
  'models/todo.ts': 'export {};\n',
  'node_modules/x/index.js': 'no',
  '.gitignore': 'node_modules\n',
  'stage.json': '{}',
  'README.zh-CN.md': '# 一',
};

test('a file comes as readers get it', () => {
  expect(readSource(stageFixture(FILES), 'index.ts')).toEqual({
    code: 'one();\n  two();\nthree();',
    line: 1,
  });
});

test('a region knows its line in that file', () => {
  expect(readSource(stageFixture(FILES), 'index.ts', 'two')).toMatchObject({
    code: 'two();',
    line: 2,
  });
});

test.each([
  ['file', 'indx.ts', undefined, 'E_CODE_FILE', 'expected a file "indx.ts" in 01-first'],
  ['ignored file', 'node_modules/x/index.js', undefined, 'E_CODE_FILE', 'node_modules'],
  ['region', 'index.ts', 'tow', 'E_REGION_UNKNOWN', 'stages/01-first/index.ts'],
])('a missing %s is a failure that names it', (_, file, region, code, message) => {
  const stage = stageFixture(FILES);
  expect(() => readSource(stage, file, region)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

test('all files of a stage are listed, with the lines that are linked to; what is for tools only by name', () => {
  expect(listSources(stageFixture(FILES))).toEqual([
    { file: '.gitignore', code: 'node_modules', anchors: [1] },
    { file: 'README.zh-CN.md', anchors: [] },
    { file: 'index.ts', code: 'one();\n  two();\nthree();', anchors: [1, 2] },
    { file: 'models/todo.ts', code: 'export {};', anchors: [1] },
    { file: 'package-lock.json', anchors: [] },
    { file: 'stage.json', anchors: [] },
  ]);
});
