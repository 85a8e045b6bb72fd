import type { Language } from './languages.ts';

/**
 * Address of a page in a language, under the path the site is deployed to.
 *
 * @example pageLink('running/', 'zh-CN', '/course/') // '/course/zh-cn/running/'
 */
export function pageLink(page: string, language: Language, base: string): string {
  const root = base.endsWith('/') ? base : `${base}/`;
  return `${root}${language === 'zh-CN' ? 'zh-cn/' : ''}${page}`;
}

/**
 * The address of the page at `pathname` in another language: the tree is the same in each.
 *
 * @example translatedLink('/course/zh-cn/api/', 'en', '/course/') // '/course/api/'
 */
export function translatedLink(pathname: string, language: Language, base: string): string {
  const root = pageLink('', 'en', base);
  const chinese = pageLink('', 'zh-CN', base);
  const start = pathname.startsWith(chinese) ? chinese : root;
  return pageLink(pathname.slice(start.length), language, base);
}

/** Address of a stage's lesson: `/stages/01-all-in-one/`. */
export function stageLink(stage: string, language: Language, base: string): string {
  return pageLink(`stages/${stage}/`, language, base);
}

/** Address of the page that compares two neighbouring stages. */
export function diffLink(from: string, to: string, language: Language, base: string): string {
  return pageLink(`diff/${from}/${to}/`, language, base);
}

/** Address of the page that shows any two stages side by side. */
export function compareLink(from: string, to: string, language: Language, base: string): string {
  return pageLink(`compare/${from}/${to}/`, language, base);
}
