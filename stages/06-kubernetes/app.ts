import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type Express } from 'express';
import { ruleController } from './controllers/rule.ts';
import { userController } from './controllers/user.ts';
import { assetFiles } from './middleware/assets.ts';
import { methodNotAllowed, notFound, sendError } from './middleware/errors.ts';
import { neverCached, refuseCrossSiteWrites, securityHeaders } from './middleware/security.ts';
import { signedInWrites } from './middleware/sign-in.ts';
import type { TodoStore } from './models/todo-store.ts';
import type { Tokens } from './models/token.ts';
import { readAssets } from './page/assets.ts';
import { renderPage } from './page/page.ts';

/** What the service is given from outside: where the todos are, and who may write. */
export interface Parts {
  readonly todos: TodoStore;
  readonly tokens: Tokens;
}

/**
 * The whole service in one app again: the page and its files, who is there, and the todos.
 *
 * @example createApp({ todos, tokens }).listen(3001);
 */
export function createApp({ todos, tokens }: Parts): Express {
  const assets = readAssets(path.join(import.meta.dirname, 'public'));
  const template = readFileSync(path.join(import.meta.dirname, 'page/index.html'), 'utf8');
  const page = renderPage(template, assets);

  // #region app
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders);

  app.use('/api', neverCached, refuseCrossSiteWrites);
  app.use('/api/rule', signedInWrites(tokens), ruleController(todos));
  app.use('/api/currentUser', userController(tokens));
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

const health: express.RequestHandler = (_request, response) => {
  response.json({ success: true, status: 'ok' });
};
