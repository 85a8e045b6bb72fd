/** The languages of the course, as `lang` attributes and `stage.json` spell them. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in every language of the course. */
export type Text = Readonly<Record<Language, string>>;

/**
 * The course's language for a `lang` attribute or Astro locale; anything unknown reads English.
 *
 * @example languageOf('zh-cn') // 'zh-CN'
 */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase() === 'zh-cn' ? 'zh-CN' : 'en';
}
