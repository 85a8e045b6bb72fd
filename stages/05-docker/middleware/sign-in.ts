import type { Request, RequestHandler, Response } from 'express';
import { ApiError } from '../api-error.ts';
import { TOKEN_SECONDS, type Tokens } from '../models/token.ts';

const COOKIE = 'token';
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

// #region cookie
/** Gives the browser a token that scripts cannot read and other sites cannot send along. */
export function setToken(request: Request, response: Response, token: string): void {
  response.cookie(COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    // Behind the gateway of a function it is this header that knows; a browser lies to nobody but itself.
    secure: request.secure || request.get('X-Forwarded-Proto') === 'https',
    maxAge: TOKEN_SECONDS * 1000,
    path: '/',
  });
}
// #endregion cookie

// #region guard
/**
 * Lets a write through when a token comes with it, and remembers whose; reading is for everybody.
 *
 * @example app.use(signedInWrites(tokens));
 */
export function signedInWrites(tokens: Tokens): RequestHandler {
  return async function guard(request, response, next) {
    if (READING.has(request.method)) return next();
    const userid = await tokens.read(cookieOf(request));
    if (userid === undefined)
      throw new ApiError(
        401,
        'SIGN_IN_NEEDED',
        'sign in first: GET /api/currentUser sets the cookie',
      );
    response.locals['userid'] = userid;
    next();
  };
}
// #endregion guard

/** Who has signed in, behind `signedInWrites`. */
export function useridOf(response: Response): string {
  return response.locals['userid'] as string;
}

function cookieOf(request: Request): string {
  const cookies = (request.get('Cookie') ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}
