import { expect, test } from 'vitest';
import type { Change } from '../../scripts/stages/schema.ts';
import { splitChanges } from './changes.ts';

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
