import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { ApiError } from '../api-error.ts';
import { TOKEN_SECONDS, type Tokens } from '../models/token.ts';

const COOKIE = 'token';
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

// #region cookie
/** Gives the browser a token that scripts cannot read and other sites cannot send along. */
export function setToken(request: Request, response: Response, token: string): void {
  response.cookie(COOKIE, token, { ...cookieOptions(request), maxAge: TOKEN_SECONDS * 1000 });
}

/** Takes it away. The token itself stays good until it ends: nobody has it any more. */
export function clearToken(request: Request, response: Response): void {
  response.clearCookie(COOKIE, cookieOptions(request));
}

function cookieOptions(request: Request): CookieOptions {
  return {
    httpOnly: true,
    sameSite: 'lax',
    // Behind a gateway it is this header that knows; a browser lies to nobody but itself.
    secure: request.secure || request.get('X-Forwarded-Proto') === 'https',
    path: '/',
  };
}
// #endregion cookie

// #region guard
/**
 * Lets a request through when a token comes with it, and remembers whose.
 *
 * @example router.get('/api/users', signedIn(tokens), list);
 */
export function signedIn(tokens: Tokens): RequestHandler {
  return async function guard(request, response, next) {
    const userid = await tokens.read(cookieOf(request));
    if (userid === undefined)
      throw new ApiError(401, 'SIGN_IN_NEEDED', 'sign in first: POST /api/login/account');
    response.locals['userid'] = userid;
    next();
  };
}

/** The same for writes alone; reading is for everybody. */
export function signedInWrites(tokens: Tokens): RequestHandler {
  const guard = signedIn(tokens);
  return function guardWrites(request, response, next) {
    return READING.has(request.method) ? next() : guard(request, response, next);
  };
}
// #endregion guard

/** Who has signed in, behind `signedIn`. */
export function useridOf(response: Response): string {
  return response.locals['userid'] as string;
}

function cookieOf(request: Request): string {
  const cookies = (request.get('Cookie') ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}
