import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../scripts/stages/root.ts';
import { diffLink, pageLink, stageLink, translatedLink } from './links.ts';

test('a page has an address per language', () => {
  expect(pageLink('running/', 'en', '/')).toBe('/running/');
  expect(pageLink('running/', 'zh-CN', '/')).toBe('/zh-cn/running/');
});

test('addresses stay below the path that the site is deployed to, with or without its slash', () => {
  expect(stageLink('02-file-db', 'zh-CN', '/course')).toBe('/course/zh-cn/stages/02-file-db/');
  expect(diffLink('01-a', '02-b', 'en', '/course/')).toBe('/course/diff/01-a/02-b/');
});

test('a page leads to itself in the other language and back', () => {
  expect(translatedLink('/', 'zh-CN', '/')).toBe('/zh-cn/');
  expect(translatedLink('/zh-cn/api/', 'en', '/')).toBe('/api/');
  expect(translatedLink('/zh-cn/api/', 'zh-CN', '/')).toBe('/zh-cn/api/');
  expect(translatedLink('/course/stages/01-a/', 'zh-CN', '/course')).toBe(
    '/course/zh-cn/stages/01-a/',
  );
});

test('the file of headers keeps for a year what the course’s own server does', () => {
  const root = repositoryRoot();
  const headers = readFileSync(join(root, 'site/public/_headers'), 'utf8');
  const kept = [...headers.matchAll(/^\/(\S+)\/\*\n {2}! Cache-Control\n.*immutable$/gm)].map(
    ([, folder]) => folder,
  );
  const server = readFileSync(join(root, 'scripts/pages/server.ts'), 'utf8');
  expect(kept).toEqual(['_astro', 'lab/vendor', 'lab/stages']);
  expect(server).toContain(String.raw`/^(_astro|lab\/(vendor|stages))\//`);
});
