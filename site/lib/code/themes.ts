/**
 * The themes of all code on the site, in lessons, diffs and Markdown fences. The high-contrast ones
 * keep 4.5:1 on the tinted lines of a diff too, which the default GitHub themes do not.
 *
 * @example expressiveCode: { themes: [CODE_THEMES.dark, CODE_THEMES.light] }
 */
export const CODE_THEMES = {
  light: 'github-light-high-contrast',
  dark: 'github-dark-high-contrast',
} as const;
