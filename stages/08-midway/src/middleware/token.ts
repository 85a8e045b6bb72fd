import { type IMiddleware, Inject, Middleware } from '@midwayjs/core';
import type { Context, NextFunction } from '@midwayjs/faas';
import { ApiError } from '../../api-error.ts';
import { COOKIE, TokenService } from '../service/tokens.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whoever signs in or registers is not signed in yet. */
const OPEN = new Set(['/api/login/account', '/api/logout', '/user/register']);

// #region token
/** Remembers whose request it is, and lets only those who have signed in write. */
@Middleware()
export class TokenMiddleware implements IMiddleware<Context, NextFunction> {
  @Inject()
  tokens!: TokenService;

  resolve() {
    return async (ctx: Context, next: NextFunction): Promise<void> => {
      const user = await this.tokens.read(ctx.cookies.get(COOKIE, { signed: false }) ?? '');
      ctx.setAttr('user', user);
      if (user === undefined && !READING.has(ctx.method) && isGuarded(ctx.path))
        throw signInFirst();
      await next();
    };
  }
}
// #endregion token

/**
 * Whose request it is, for functions that answer only to those who have signed in.
 *
 * @example const owner = userOfRequest(this.ctx);
 */
export function userOfRequest(ctx: Context): string {
  const user = ctx.getAttr<string | undefined>('user');
  if (user === undefined) throw signInFirst();
  return user;
}

function isGuarded(path: string): boolean {
  return path.startsWith('/api/') && !OPEN.has(path);
}

function signInFirst(): ApiError {
  return new ApiError(401, 'SIGN_IN_NEEDED', 'sign in first: POST /api/login/account');
}
