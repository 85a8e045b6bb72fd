import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type Express } from 'express';
import { userController } from './controllers/user.ts';
import { methodNotAllowed, notFound, sendError } from './middleware/errors.ts';
import { neverCached, refuseCrossSiteWrites, securityHeaders } from './middleware/security.ts';
import type { Tokens } from './models/token.ts';
import { cspSource, readAssets } from './page/assets.ts';
import { renderPage } from './page/page.ts';

/**
 * The page and who is there. Its files are elsewhere, at the CDN's address, and no todo is here either.
 *
 * @example createPageApp('https://cdn.example.com', createTokens(key)).listen(3001);
 */
export function createPageApp(cdn: string, tokens: Tokens): Express {
  const assets = readAssets(path.join(import.meta.dirname, 'cdn/dist/assets.json'));
  const template = readFileSync(path.join(import.meta.dirname, 'page/index.html'), 'utf8');
  const page = renderPage(template, assets, cdn);

  // #region app
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders(cspSource(cdn)));

  app.use('/api', neverCached, refuseCrossSiteWrites);
  app.use('/api/currentUser', userController(tokens));
  app.route('/healthz').get(health).all(methodNotAllowed('GET', 'HEAD'));

  app.get(['/', '/index.html'], (_request, response) => {
    // It names the files of today: asked for each time, and sent only when it has changed.
    response.set('Cache-Control', 'no-cache').type('html').send(page);
  });
  app.get('/favicon.svg', (_request, response) => {
    response.redirect(`${cdn}/${assets['favicon.svg']?.file}`);
  });
  app.use(notFound);
  app.use(sendError);
  return app;
  // #endregion app
}

const health: express.RequestHandler = (_request, response) => {
  response.json({ success: true, status: 'ok' });
};
