import express, { type Express } from 'express';
import { ruleController } from './controllers/rule.ts';
import { notFound, sendError } from './middleware/errors.ts';
import { neverCached, refuseCrossSiteWrites, securityHeaders } from './middleware/security.ts';
import { signedInWrites } from './middleware/sign-in.ts';
import type { TodoStore } from './models/todo-store.ts';
import type { Tokens } from './models/token.ts';

/**
 * The todos and nothing else: what this app needs, the table, no other part of the service loads.
 *
 * @example createRuleApp(openTodoStore(tableAddress(process.env)), createTokens(key)).listen(3001);
 */
export function createRuleApp(todos: TodoStore, tokens: Tokens): Express {
  // #region app
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders());

  app.use(neverCached, refuseCrossSiteWrites);
  app.use('/api/rule', signedInWrites(tokens), ruleController(todos));

  app.use(notFound);
  app.use(sendError);
  return app;
  // #endregion app
}
