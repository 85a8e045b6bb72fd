import {
  Inject,
  MidwayServerlessFunctionService,
  Provide,
  ServerlessFunction,
  ServerlessTrigger,
  ServerlessTriggerType,
} from '@midwayjs/core';
import type { Context } from '@midwayjs/faas';
import { ApiError } from '../../api-error.ts';

const { HTTP } = ServerlessTriggerType;

/** What no other function answers: whether the service lives, and what there is not. */
@Provide()
export class IndexFunctions {
  @Inject()
  ctx!: Context;

  @Inject()
  functions!: MidwayServerlessFunctionService;

  @ServerlessFunction({ functionName: 'index' })
  @ServerlessTrigger(HTTP, { path: '/healthz', method: 'get' })
  health(): object {
    return { success: true, status: 'ok' };
  }

  // #region rest
  /** The page and its files come from a middleware before it; what arrives here is a method or path too many. */
  @ServerlessFunction({ functionName: 'index' })
  @ServerlessTrigger(HTTP, { path: '/*', method: 'get' })
  @ServerlessTrigger(HTTP, { path: '/*', method: 'post' })
  @ServerlessTrigger(HTTP, { path: '/*', method: 'put' })
  @ServerlessTrigger(HTTP, { path: '/*', method: 'patch' })
  @ServerlessTrigger(HTTP, { path: '/*', method: 'delete' })
  @ServerlessTrigger(HTTP, { path: '/*', method: 'options' })
  async rest(): Promise<void> {
    const { method, path } = this.ctx;
    const allowed = await this.methodsOf(path);
    if (allowed.length === 0)
      throw new ApiError(404, 'ROUTE_UNKNOWN', `nothing answers ${method} ${path}`);
    const methods = allowed.join(', ');
    this.ctx.set('Allow', methods);
    if (method !== 'OPTIONS')
      throw new ApiError(
        405,
        'METHOD_NOT_ALLOWED',
        `${method} is not answered here; ${methods} are`,
      );
    this.ctx.status = 204;
  }

  /** Which methods the triggers of the other functions name for a path. */
  private async methodsOf(path: string): Promise<string[]> {
    const triggers = await this.functions.getFunctionList();
    const methods = triggers
      .filter(({ url }) => url === path)
      .map(({ requestMethod }) => requestMethod.toUpperCase());
    return methods.includes('GET')
      ? ['GET', 'HEAD', ...methods.filter((each) => each !== 'GET')]
      : methods;
  }
  // #endregion rest
}
