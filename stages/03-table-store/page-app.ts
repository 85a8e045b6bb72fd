import path from 'node:path';
import express, { type Express } from 'express';
import { userController } from './controllers/user.ts';
import { methodNotAllowed, notFound, sendError } from './middleware/errors.ts';
import { neverCached, refuseCrossSiteWrites, securityHeaders } from './middleware/security.ts';

/**
 * The page, its files and who is there: no todo, and nothing that needs the table.
 *
 * @example createPageApp().listen(3001);
 */
export function createPageApp(): Express {
  // #region app
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders);

  app.use('/api', neverCached, refuseCrossSiteWrites);
  app.use('/api/currentUser', userController());
  app.route('/healthz').get(health).all(methodNotAllowed('GET', 'HEAD'));

  app.use(express.static(path.join(import.meta.dirname, 'public')));
  app.use(notFound);
  app.use(sendError);
  return app;
  // #endregion app
}

const health: express.RequestHandler = (_request, response) => {
  response.json({ success: true, status: 'ok' });
};
