import type { Language } from '../languages.ts';

export type Unit = 'count' | 'lines' | 'files' | 'instances' | 'share' | 'bytes' | 'milliseconds';

const KILO = 1000;

/**
 * A figure as a reader of tables wants it: two or three digits that mean something, and a unit.
 *
 * @example format(4_173_979, 'bytes', 'en') // '4.2 MB'
 */
export function format(value: number, unit: Unit, language: Language): string {
  switch (unit) {
    case 'bytes':
      return bytes(value, language);
    case 'milliseconds':
      return value < KILO ? `${digits(value, language)} ms` : `${digits(value / KILO, language)} s`;
    case 'share':
      return new Intl.NumberFormat(language, { style: 'percent' }).format(value);
    case 'files':
      return named(value, language, { one: 'file', many: 'files', zh: '个文件' });
    case 'instances':
      return named(value, language, { one: 'instance', many: 'instances', zh: '个实例' });
    case 'count':
    case 'lines':
      return new Intl.NumberFormat(language).format(value);
  }
}

function bytes(value: number, language: Language): string {
  if (value === 0) return '0';
  return value < KILO ** 2
    ? `${digits(value / KILO, language)} kB`
    : `${digits(value / KILO ** 2, language)} MB`;
}

function digits(value: number, language: Language): string {
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, { maximumFractionDigits }).format(value);
}

function named(
  value: number,
  language: Language,
  words: { readonly one: string; readonly many: string; readonly zh: string },
): string {
  if (language === 'zh-CN') return `${value} ${words.zh}`;
  return `${value} ${value === 1 ? words.one : words.many}`;
}
