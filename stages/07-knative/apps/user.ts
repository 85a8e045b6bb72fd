import express, { type Express } from 'express';
import { accountController } from '../controllers/account.ts';
import { methodNotAllowed, notFound, sendError } from '../middleware/errors.ts';
import { neverCached, refuseCrossSiteWrites, securityHeaders } from '../middleware/security.ts';
import { health, revisionHeader } from '../middleware/service.ts';
import type { AccountStore } from '../models/account-store.ts';
import type { Tokens } from '../models/token.ts';

export interface UserParts {
  readonly accounts: AccountStore;
  readonly tokens: Tokens;
}

/**
 * Who has an account, and who is there.
 *
 * @example createUserApp({ accounts, tokens }).listen(3003);
 */
export function createUserApp({ accounts, tokens }: UserParts): Express {
  // #region app
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders, revisionHeader, neverCached, refuseCrossSiteWrites);
  app.use(accountController(accounts, tokens));
  app.route('/healthz').get(health).all(methodNotAllowed('GET', 'HEAD'));
  app.use(notFound);
  app.use(sendError);
  return app;
  // #endregion app
}
