import express, { type Request, type Response, type Router } from 'express';
import { ApiError } from '../api-error.ts';
import { methodNotAllowed } from '../middleware/errors.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { clearToken, setToken, signedIn, useridOf } from '../middleware/sign-in.ts';
import { parseCredentials, toUser } from '../models/account.ts';
import type { AccountStore } from '../models/account-store.ts';
import type { Tokens } from '../models/token.ts';

/**
 * Accounts: register, log in, log out, who am I, who else is there.
 *
 * @example app.use(accountController(accountStore(tables), createTokens(key)));
 */
export function accountController(accounts: AccountStore, tokens: Tokens): Router {
  // #region actions
  async function register(request: Request, response: Response): Promise<void> {
    const credentials = parseCredentials(bodyOf(request), { isNew: true });
    if (!(await accounts.register(credentials)))
      throw new ApiError(409, 'NAME_TAKEN', 'somebody has this name; take another one');
    response.status(201).json({ success: true, ...toUser(credentials.userName) });
  }

  async function logIn(request: Request, response: Response): Promise<void> {
    const user = await accounts.logIn(parseCredentials(bodyOf(request), { isNew: false }));
    if (user === undefined) {
      // The same words for a wrong name: nobody learns who has an account.
      response.status(401).json({ status: 'error', type: 'account', currentAuthority: 'guest' });
      return;
    }
    setToken(request, response, await tokens.issue(user.userid));
    response.json({ status: 'ok', type: 'account', currentAuthority: user.access });
  }

  function logOut(request: Request, response: Response): void {
    clearToken(request, response);
    response.json({ success: true });
  }

  function whoAmI(_request: Request, response: Response): void {
    response.json(toUser(useridOf(response)));
  }

  async function list(_request: Request, response: Response): Promise<void> {
    response.json({ success: true, data: await accounts.list() });
  }
  // #endregion actions

  const router = express.Router();
  const only = methodNotAllowed;
  router.route('/user/register').post(jsonBody, register).all(only('POST'));
  router.route('/api/login/account').post(jsonBody, logIn).all(only('POST'));
  router.route('/api/logout').post(logOut).all(only('POST'));
  router.route('/api/currentUser').get(signedIn(tokens), whoAmI).all(only('GET', 'HEAD'));
  router.route('/api/users').get(signedIn(tokens), list).all(only('GET', 'HEAD'));
  return router;
}

function bodyOf(request: Request): Readonly<Record<string, unknown>> {
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new ApiError(400, 'BODY_INVALID', 'the body must be a JSON object: {"userName": "..."}');
}
