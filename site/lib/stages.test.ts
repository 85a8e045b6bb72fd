import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readStages } from '../../scripts/stages/catalogue.ts';
import { taught } from './stages.ts';

test('a stage is in the course once it has a lesson', () => {
  const lessons = mkdtempSync(join(tmpdir(), 'lessons-'));
  onTestFinished(() => rmSync(lessons, { recursive: true }));
  writeFileSync(join(lessons, '02-file-db.mdx'), '');
  expect(taught(readStages(), lessons).map(({ id }) => id)).toEqual(['02-file-db']);
});
