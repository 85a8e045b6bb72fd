import { expect, test } from 'vitest';
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
