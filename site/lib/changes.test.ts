import { expect, test } from 'vitest';
import type { Change } from '../../scripts/stages/schema.ts';
import { isTranslation, splitChanges } from './changes.ts';

const added = (path: string): Change => ({
  kind: 'added',
  path,
  reason: { en: 'why', 'zh-CN': '为什么' },
});

test('the service comes first; tests, experiments and documents stand beside it', () => {
  const { service, beside } = splitChanges(
    [
      'models/database.ts',
      'tests/crash.test.ts',
      'package.json',
      'package-lock.json',
      'README.zh-CN.md',
      'experiments/restart.ts',
      '.gitignore',
      's.yaml',
    ].map(added),
  );
  expect(service.map(({ path }) => path)).toEqual(['models/database.ts', 'package.json', 's.yaml']);
  expect(beside.length).toBe(5);
});

test('of two documents that say the same, one is in the reader’s language', () => {
  const translated = (language: 'en' | 'zh-CN'): string[] =>
    ['README.md', 'README.zh-CN.md', 'app.ts'].filter((path) => isTranslation(path, language));
  expect(translated('en')).toEqual(['README.zh-CN.md']);
  expect(translated('zh-CN')).toEqual(['README.md']);
});
