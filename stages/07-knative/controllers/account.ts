import express, { type Request, type Response, type Router } from 'express';
import { ApiError } from '../api-error.ts';
import { methodNotAllowed } from '../middleware/errors.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { clearToken, setToken, signedIn, useridOf } from '../middleware/sign-in.ts';
import { parseCredentials, parseNewAccount, userOf } from '../models/account.ts';
import type { AccountStore } from '../models/account-store.ts';
import type { Body } from '../models/todo-input.ts';
import type { Tokens } from '../models/token.ts';

/** Ant Design Pro's log-in page wants to know by what somebody has logged in. */
const TYPE = 'account';
/** The same for a wrong name and a wrong password: nobody learns who has an account. */
const REFUSED = {
  success: false,
  code: 'CREDENTIALS_WRONG',
  message: 'the name is unknown or the password wrong',
  status: 'error',
  type: TYPE,
  currentAuthority: 'guest',
};

/**
 * Accounts: register, log in, log out, who am I, who else is there.
 *
 * @example app.use(accountController(tableAccountStore(tables), createTokens(key)));
 */
export function accountController(accounts: AccountStore, tokens: Tokens): Router {
  // #region actions
  async function register(request: Request, response: Response): Promise<void> {
    const { access, ...user } = await accounts.register(parseNewAccount(bodyOf(request)));
    response.status(201).json({ status: 'ok', currentAuthority: access, ...user });
  }

  async function logIn(request: Request, response: Response): Promise<void> {
    const user = await accounts.verify(parseCredentials(bodyOf(request)));
    if (user === undefined) return void response.status(401).json(REFUSED);
    setToken(request, response, await tokens.issue(user.userid));
    response.json({ status: 'ok', type: TYPE, currentAuthority: user.access });
  }

  function logOut(request: Request, response: Response): void {
    clearToken(request, response);
    response.json({ success: true });
  }

  function whoAmI(_request: Request, response: Response): void {
    response.json(userOf(useridOf(response)));
  }

  async function list(_request: Request, response: Response): Promise<void> {
    const data = await accounts.all();
    response.json({ data, total: data.length, success: true });
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

function bodyOf(request: Request): Body {
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
  throw new ApiError(400, 'BODY_INVALID', 'the body must be a JSON object: {"userName": "..."}');
}
