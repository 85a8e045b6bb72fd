import { type IMiddleware, Middleware } from '@midwayjs/core';
import type { Context, NextFunction } from '@midwayjs/faas';
import { ApiError } from '../../api-error.ts';

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

// #region security
/**
 * Nothing but this service's own files runs on its page, data is kept by no cache, and a write that another
 * site started is refused.
 */
@Middleware()
export class SecurityMiddleware implements IMiddleware<Context, NextFunction> {
  resolve() {
    return async (ctx: Context, next: NextFunction): Promise<void> => {
      ctx.set(HEADERS);
      if (isData(ctx.path)) ctx.set('Cache-Control', 'no-store');
      if (!READING.has(ctx.method) && ctx.get('Sec-Fetch-Site') === 'cross-site')
        throw new ApiError(
          403,
          'CROSS_SITE',
          'a write must come from this site, not from another one',
        );
      await next();
    };
  }
}
// #endregion security

function isData(path: string): boolean {
  return path.startsWith('/api/') || path.startsWith('/user/');
}
