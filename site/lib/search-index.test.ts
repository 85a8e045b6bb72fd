import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../../scripts/stages/testing/fixture.ts';
import { writeIndex } from './search-index.ts';

const page = (lang: string, text: string): string =>
  `<html lang="${lang}"><body><main data-pagefind-body><h1>${text}</h1></main></body></html>`;

test('each language has its index, and no file of it is empty', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'index.html': page('en', 'Read-only disk'),
    'zh-cn/index.html': page('zh-CN', '只读的磁盘'),
  });
  expect(await writeIndex(folder)).toBe(2);
  const index = join(folder, 'pagefind');
  const { languages } = JSON.parse(readFileSync(join(index, 'pagefind-entry.json'), 'utf8')) as {
    languages: Record<string, { page_count: number }>;
  };
  expect(Object.keys(languages).toSorted()).toEqual(['en', 'zh-cn']);
  const sizes = readdirSync(index, { recursive: true, encoding: 'utf8' }).map(
    (name) => statSync(join(index, name)).size,
  );
  expect(Math.min(...sizes)).toBeGreaterThan(0);
});

test('a folder without pages is told', async () => {
  await expect(writeIndex(temporaryFolder())).rejects.toThrow('expected pages, found none');
});
