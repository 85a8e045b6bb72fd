import { expect, test } from 'vitest';
import { checkDocuments } from './documents.ts';
import { formatProblem } from './problem.ts';
import { fakeTree } from './tree.ts';

const FILES = {
  'scripts/stages/schema.ts': '',
  'scripts/cloud/functions/core/pool.ts': '',
  'stages/01-all-in-one/stage.json': '',
  'stages/01-all-in-one/app.ts': '',
};
const problems = (readme: string) =>
  checkDocuments(fakeTree({ ...FILES, 'README.md': readme })).map(formatProblem);

test('paths that exist pass, with and without placeholders', () => {
  expect(
    problems(
      '`scripts/stages/schema.ts`, `scripts/cloud/*/core`, `stages/NN-name/`, `stages/*/stage.json`',
    ),
  ).toEqual([]);
});

test('a path that does not exist is named with its line', () => {
  expect(problems('one\n\nSee `scripts/stages/gone.ts`.')).toEqual([
    'README.md:3: names scripts/stages/gone.ts, which does not exist',
  ]);
  expect(problems('`stages/*/gone.json`')).toHaveLength(1);
});

test('what only looks like a path is left alone', () => {
  expect(
    problems('`text/html`, `/api/rule`, `GET /healthz`, `node:fs`, `and/or`, `dist/index-faas.js`'),
  ).toEqual([]);
});

test('an outline is read by its indentation', () => {
  const outline = (name: string) =>
    `\`\`\`\nscripts/\n  stages/     reads stages\n    ${name}  the schema\n\`\`\`\n`;
  expect(problems(outline('schema.ts'))).toEqual([]);
  expect(problems(outline('gone.ts'))).toEqual([
    'README.md:4: names scripts/stages/gone.ts, which does not exist',
  ]);
});

test('a link leads to a file', () => {
  expect(
    problems('[schema](scripts/stages/schema.ts#L3), [site](https://example.org), [here](#here)'),
  ).toEqual([]);
  expect(problems('[gone](gone.md)')).toEqual([
    'README.md:1: links to gone.md, which does not exist',
  ]);
});

test('a page of the site may name a file of a stage', () => {
  const page = (text: string) =>
    checkDocuments(fakeTree({ ...FILES, 'site/content/docs/a.mdx': text })).map(formatProblem);
  expect(page('Open `app.ts`.')).toEqual([]);
  expect(page('Open `apps.ts`.')).toEqual([
    'site/content/docs/a.mdx:1: names apps.ts, which does not exist',
  ]);
});
