import { expect, test } from 'vitest';
import { clusterWords } from './cluster-words.ts';
import { labWords } from './words.ts';

type Tree = { readonly [key: string]: string | Tree };

function texts(tree: Tree, path = ''): (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as const]
      : texts(value, `${path}${key}.`),
  );
}

const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();
const wordsIn = (language: 'en' | 'zh-CN') =>
  texts({ ...labWords(language), ...clusterWords[language] });
const chinese = new Map(wordsIn('zh-CN'));

test.each(wordsIn('en'))('%s has the same gaps in both languages', (key, text) => {
  const other = chinese.get(key) ?? '';
  expect(other).not.toBe('');
  expect(gaps(other)).toEqual(gaps(text));
});

test('Chinese texts use full-width punctuation', () => {
  for (const [key, text] of chinese)
    expect(text, key).not.toMatch(/\p{Script=Han}[,.:;?!()]|[,:;?!()]\p{Script=Han}/u);
});
