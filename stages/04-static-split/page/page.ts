import type { Assets } from './assets.ts';

/** `src="cdn:app.js"` in the page: a file of the CDN. */
const REFERENCE = /(src|href)="cdn:([\w.-]+)"/g;

// #region page
/**
 * The page with the addresses that its files have in the CDN, and what must be in each: a browser runs nothing else.
 *
 * @example renderPage('<script src="cdn:app.js"></script>', assets, 'https://cdn.example.com')
 * // '<script src="https://cdn.example.com/app-4F7KQ2ZX.js" integrity="sha384-..." crossorigin></script>'
 */
export function renderPage(template: string, assets: Assets, cdn: string): string {
  return template.replaceAll(REFERENCE, (_, attribute: string, name: string) => {
    const asset = assets[name];
    if (!asset) throw new Error(`the page names cdn:${name}, which build-cdn.mjs does not make`);
    return `${attribute}="${cdn}/${asset.file}" integrity="${asset.integrity}" crossorigin`;
  });
}
// #endregion page
