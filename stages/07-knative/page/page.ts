import type { Assets } from './assets.ts';

/** `src="assets:app.js"` in the page: a file of the folder. */
const REFERENCE = /(src|href)="assets:([\w.-]+)"/g;

// #region page
/**
 * The page with the addresses that its files have today.
 *
 * @example renderPage('<script src="assets:app.js"></script>', readAssets('public')) // '<script src="assets/wYm3q0Xe1B/app.js"></script>'
 */
export function renderPage(
  template: string,
  { names, version }: Pick<Assets, 'names' | 'version'>,
): string {
  return template.replaceAll(REFERENCE, (_, attribute: string, name: string) => {
    if (!names.includes(name))
      throw new Error(`the page names ${name}, which is not in its folder`);
    return `${attribute}="assets/${version}/${name}"`;
  });
}
// #endregion page
