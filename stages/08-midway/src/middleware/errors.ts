import { type IMiddleware, Middleware } from '@midwayjs/core';
import type { Context, NextFunction } from '@midwayjs/faas';
import { ApiError } from '../../api-error.ts';

// #region errors
/** Turns whatever was thrown into JSON. What was not foreseen stays in the log: no stack leaves the process. */
@Middleware()
export class ErrorMiddleware implements IMiddleware<Context, NextFunction> {
  resolve() {
    return async (ctx: Context, next: NextFunction): Promise<void> => {
      try {
        await next();
      } catch (error) {
        const { status, code, message } = toApiError(error);
        if (status >= 500) console.error(requestId(ctx), ctx.method, ctx.path, error);
        ctx.status = status;
        ctx.body = { success: false, code, message };
      }
    };
  }
}
// #endregion errors

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(500, 'INTERNAL', 'something broke on the server; the log says what');
}

/** The two clouds spell it differently. */
function requestId(ctx: Context): string {
  const { requestId: ofFc, request_id: ofScf } = (ctx.originContext ?? {}) as {
    requestId?: string;
    request_id?: string;
  };
  return ofFc ?? ofScf ?? '-';
}
