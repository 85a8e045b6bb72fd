import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import { assetFiles } from '../middleware/assets.ts';
import { methodNotAllowed, notFound, sendError } from '../middleware/errors.ts';
import { health, revisionHeader } from '../middleware/service.ts';
import { refuseCrossSiteWrites, securityHeaders } from '../middleware/security.ts';
import { readAssets } from '../page/assets.ts';
import { renderPage } from '../page/page.ts';

/** What answers for the todos and for the accounts: a service elsewhere, or an app in the same process. */
export interface GatewayParts {
  readonly rule: RequestHandler;
  readonly user: RequestHandler;
}

/**
 * The one that browsers reach: the page and its files; all else it passes on.
 *
 * @example createGateway({ rule: forward(rule), user: forward(user) }).listen(3001);
 */
export function createGateway({ rule, user }: GatewayParts): Express {
  const root = path.join(import.meta.dirname, '..');
  const assets = readAssets(path.join(root, 'public'));
  const page = renderPage(readFileSync(path.join(root, 'page/index.html'), 'utf8'), assets);

  // #region app
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders, revisionHeader);

  app.use(['/api', '/user'], refuseCrossSiteWrites);
  app.all('/api/rule{/*rest}', rule);
  app.all(ACCOUNTS, user);
  app.route('/healthz').get(health).all(methodNotAllowed('GET', 'HEAD'));

  app.get(['/', '/index.html'], (_request, response) => {
    // It names the files of today: asked for each time, and sent only when it has changed.
    response.set('Cache-Control', 'no-cache').type('html').send(page);
  });
  app.use('/assets/:version', assetFiles(assets));
  app.get('/favicon.svg', (_request, response) => {
    response.sendFile('favicon.svg', { root: assets.folder });
  });
  app.use(notFound);
  app.use(sendError);
  return app;
  // #endregion app
}

const ACCOUNTS = [
  '/api/currentUser',
  '/api/login/account',
  '/api/logout',
  '/api/users',
  '/user/register',
];
