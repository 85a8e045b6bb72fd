import express, { type RequestHandler } from 'express';
import type { Assets } from '../page/assets.ts';

// #region assets
/**
 * The page's files, under `/assets/:version`. What is asked for by its own version never changes, so it is asked
 * for once. Another version is of a page from before or after a deployment: these files are what there is.
 *
 * @example app.use('/assets/:version', assetFiles(readAssets('public')));
 */
export function assetFiles({ folder, version }: Assets): RequestHandler {
  const kept = express.static(folder, { index: false, immutable: true, maxAge: '1y' });
  const asked = express.static(folder, {
    index: false,
    setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
  });
  return (request, response, next) => {
    const files = request.params['version'] === version ? kept : asked;
    void files(request, response, next);
  };
}
// #endregion assets
