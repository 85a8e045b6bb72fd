import type { Language } from '../languages.ts';

const en = {
  /** The name of a block of code that scrolls sideways. */
  block: 'Code: {file}',
  wholeFile: 'The whole file',
  pageTitle: 'The code of stage {number}',
  pageDescription: 'Every file of stage {number}, as a checkout gives it.',
  pageIntro: '{files} files, as npm run stage checkout gives them: select one to read it.',
  lesson: 'The lesson: {title}',
  lines: '{count} lines',
  notShown: 'not shown here; in your copy',
};

export type CodeWords = typeof en;

const zh: CodeWords = {
  block: '代码：{file}',
  wholeFile: '看整个文件',
  pageTitle: '阶段 {number} 的代码',
  pageDescription: '阶段 {number} 的全部文件，检出后就是这些。',
  pageIntro: '共 {files} 个文件，与 npm run stage checkout 检出的相同，点开即可阅读。',
  lesson: '课文：{title}',
  lines: '{count} 行',
  notShown: '这里不展开，拷贝里有',
};

const words: Readonly<Record<Language, CodeWords>> = { en, 'zh-CN': zh };

/**
 * The strings around code, in a language.
 *
 * @example codeWords('en').wholeFile // 'The whole file'
 */
export function codeWords(language: Language): CodeWords {
  return words[language];
}
