import express, { type Express } from 'express';
import { ruleController } from '../controllers/rule.ts';
import { methodNotAllowed, notFound, sendError } from '../middleware/errors.ts';
import { neverCached, refuseCrossSiteWrites, securityHeaders } from '../middleware/security.ts';
import { health, revisionHeader } from '../middleware/service.ts';
import { signedInWrites } from '../middleware/sign-in.ts';
import type { TodoStore } from '../models/todo-store.ts';
import type { Tokens } from '../models/token.ts';

export interface RuleParts {
  readonly todos: TodoStore;
  readonly tokens: Tokens;
}

/**
 * The todos, and nothing else.
 *
 * @example createRuleApp({ todos, tokens }).listen(3002);
 */
export function createRuleApp({ todos, tokens }: RuleParts): Express {
  // #region app
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders, revisionHeader, neverCached, refuseCrossSiteWrites);
  app.use('/api/rule', signedInWrites(tokens), ruleController(todos));
  app.route('/healthz').get(health).all(methodNotAllowed('GET', 'HEAD'));
  app.use(notFound);
  app.use(sendError);
  return app;
  // #endregion app
}
