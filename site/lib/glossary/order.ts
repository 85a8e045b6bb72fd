import type { Language } from '../languages.ts';
import type { Term } from './schema.ts';

/**
 * Terms as a reader looks for them: by the letters in English, by their pinyin in Chinese.
 *
 * @example inOrder(glossary(), 'zh-CN')[0]?.id
 */
export function inOrder(terms: readonly Term[], language: Language): Term[] {
  const { compare } = new Intl.Collator(language === 'en' ? 'en' : 'zh-CN-u-co-pinyin');
  return terms.toSorted((a, b) => compare(a.term[language], b.term[language]));
}
