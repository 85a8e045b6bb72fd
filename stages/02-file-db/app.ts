import path from 'node:path';
import express, { type Express } from 'express';
import { ruleController } from './controllers/rule.ts';
import { userController } from './controllers/user.ts';
import { methodNotAllowed, notFound, sendError } from './middleware/errors.ts';
import { neverCached, refuseCrossSiteWrites, securityHeaders } from './middleware/security.ts';
import { databaseFile } from './models/database.ts';
import { createTodoStore, type TodoStore } from './models/todo-store.ts';

/**
 * The whole service in one Express app: the page, its files and the data.
 *
 * @example createApp().listen(3001);
 */
export function createApp(
  todos: TodoStore = createTodoStore(databaseFile(import.meta.dirname)),
): Express {
  // #region app
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders);

  app.use('/api', neverCached, refuseCrossSiteWrites);
  app.use('/api/rule', ruleController(todos));
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
