import { basename } from 'node:path/posix';
import { expect, test } from 'vitest';
import { stageFixture } from '../code/testing/stage-fixture.ts';
import { neighbours } from './pairs.ts';
import {
  LESSON_LINES,
  countLines,
  explainDiff,
  fileDiff,
  groupByFolder,
  nameInTree,
  shareLines,
} from './stage-diff.ts';

const text = (en: string) => ({ en, 'zh-CN': `${en}（中文）` });
const base = '0'.repeat(40);
const first = () =>
  stageFixture({
    'index.ts': 'one();\ntwo();\n',
    'models/store.ts': 'a\nb\nc\nd\n',
    'package-lock.json': '{"packages":{"node_modules/a":{"version":"1.0.0"}}}',
    'old.ts': 'gone();\n',
    'same.ts': 'same();\n',
  });
const second = () =>
  stageFixture(
    {
      'index.ts': 'one();\nthree();\n',
      'models/file-store.ts': 'a\nb\nc\ne\n',
      'package-lock.json': '{"packages":{"node_modules/a":{"version":"2.0.0"}}}',
      'same.ts': 'same();\n',
    },
    {
      id: '02-second',
      number: 2,
      from: '01-first',
      changes: [
        { kind: 'changed', path: 'index.ts', base, reason: text('It calls three') },
        {
          kind: 'renamed',
          path: 'models/file-store.ts',
          was: 'models/store.ts',
          base,
          reason: text('A file now'),
        },
      ],
    },
  );

test('every difference comes with its declared reason', () => {
  const diffs = explainDiff(first(), second());
  expect(diffs.map(({ status, path, was, reason }) => [status, path, was, reason?.en])).toEqual([
    ['M', 'index.ts', undefined, 'It calls three'],
    ['R', 'models/file-store.ts', 'models/store.ts', 'A file now'],
    ['D', 'old.ts', undefined, undefined],
    ['M', 'package-lock.json', undefined, undefined],
  ]);
  expect(countLines(diffs)).toEqual({ added: 2, removed: 3 });
});

test('stages that are not neighbours have no reasons to show', () => {
  const other = { ...second(), from: '09-other' };
  expect(explainDiff(first(), other).some(({ reason }) => reason)).toBe(false);
});

test('files stand in their folders', () => {
  const folders = groupByFolder(explainDiff(first(), second()));
  expect(
    folders.map(({ path, files }) => [path, files.map((file) => basename(file.path))]),
  ).toEqual([
    ['', ['index.ts', 'old.ts', 'package-lock.json']],
    ['models', ['file-store.ts']],
  ]);
});

test('a lesson may name a file by its older path', () => {
  const diffs = explainDiff(first(), second());
  expect(fileDiff(diffs, 'models/store.ts', '1 → 2').path).toBe('models/file-store.ts');
});

test('a file that does not differ breaks the build', () => {
  const diffs = explainDiff(first(), second());
  expect(() => fileDiff(diffs, 'same.ts', '01-first → 02-second')).toThrow(
    expect.objectContaining({
      code: 'E_DIFF_FILE',
      message: expect.stringMatching(
        /^01-first → 02-second: expected .*"same.ts", found .*index.ts/,
      ),
    }),
  );
});

test('a lesson shares its lines among the files in order', () => {
  const long = (name: string) => `${name}();\n`.repeat(200);
  const diffs = explainDiff(
    stageFixture({}),
    stageFixture({ 'a.ts': long('a'), 'b.ts': long('b'), 'c.ts': long('c') }),
  );
  expect(shareLines(diffs, 3).map(({ diff, limit }) => [diff.path, limit])).toEqual([
    ['a.ts', LESSON_LINES],
    ['b.ts', LESSON_LINES - 200],
  ]);
});

test('there is a page for every stage and the one it was made from', () => {
  const stages = [first(), second()];
  const [one, two] = stages;
  expect(neighbours(stages)).toEqual([{ from: one, to: two }]);
});

test.each([
  [undefined, 'models/todo.ts', 'todo.ts'],
  ['models/store.ts', 'models/table.ts', 'store.ts → table.ts'],
  ['cdn/api.js', 'public/api.js', 'cdn/api.js → api.js'],
  ['serve.ts', 'src/serve.ts', './serve.ts → serve.ts'],
  ['local/start.mjs', 'start.mjs', 'local/start.mjs → start.mjs'],
])('calls a file that was %s and is %s by what changed: %s', (was, path, name) => {
  expect(nameInTree({ path, ...(was !== undefined && { was }) })).toBe(name);
});
