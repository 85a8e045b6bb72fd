import express, { type Request, type Response, type Router } from 'express';
import { methodNotAllowed } from '../middleware/errors.ts';
import { setToken } from '../middleware/sign-in.ts';
import type { Tokens } from '../models/token.ts';
import { demoUser } from '../models/user.ts';

/**
 * `/api/currentUser`: whoever asks is the demo user, and gets the token that writing needs. Names and passwords
 * come in a later stage.
 *
 * @example app.use('/api/currentUser', userController(createTokens(key)));
 */
export function userController(tokens: Tokens): Router {
  // #region sign-in
  async function signIn(request: Request, response: Response): Promise<void> {
    setToken(request, response, await tokens.issue(demoUser.userid));
    response.json(demoUser);
  }
  // #endregion sign-in

  const router = express.Router();
  router.route('/').get(signIn).all(methodNotAllowed('GET', 'HEAD'));
  return router;
}
