import { expect, test } from 'vitest';
import { languageOf } from './languages.ts';

test('knows Chinese by its lang attribute and by its folder; all else reads English', () => {
  expect(['zh-CN', 'zh-cn', 'en', 'fr', undefined].map(languageOf)).toEqual([
    'zh-CN',
    'zh-CN',
    'en',
    'en',
    'en',
  ]);
});
