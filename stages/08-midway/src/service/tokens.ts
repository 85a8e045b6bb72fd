import { Config, Init, Provide, Scope, ScopeEnum } from '@midwayjs/core';
import type { Context } from '@midwayjs/faas';
import { createTokens, signingKey, TOKEN_SECONDS, type Tokens } from '../../models/token.ts';

export const COOKIE = 'token';

/** Makes tokens, and puts them where scripts cannot read them and other sites cannot send them along. */
@Provide()
@Scope(ScopeEnum.Singleton)
export class TokenService {
  @Config('token')
  config!: NodeJS.ProcessEnv;

  private tokens!: Tokens;

  @Init()
  async open(): Promise<void> {
    this.tokens = createTokens(signingKey(this.config));
  }

  /** Whose token it is, or undefined when it is none of ours, changed, or no longer valid. */
  read(token: string): Promise<string | undefined> {
    return this.tokens.read(token);
  }

  // #region cookie
  async give(ctx: Context, userid: string): Promise<void> {
    setCookie(ctx, await this.tokens.issue(userid), TOKEN_SECONDS);
  }

  takeAway(ctx: Context): void {
    setCookie(ctx, '', 0);
  }
  // #endregion cookie
}

function setCookie(ctx: Context, token: string, seconds: number): void {
  // Behind a cloud's gateway it is this header that knows; a browser lies to nobody but itself.
  const secure = ctx.get('X-Forwarded-Proto') === 'https';
  const attributes = ['Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Lax'];
  ctx.append(
    'Set-Cookie',
    [`${COOKIE}=${token}`, ...attributes, ...(secure ? ['Secure'] : [])].join('; '),
  );
}
