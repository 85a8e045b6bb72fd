import {
  Body,
  HttpCode,
  Inject,
  Provide,
  ServerlessFunction,
  ServerlessTrigger,
  ServerlessTriggerType,
} from '@midwayjs/core';
import type { Context } from '@midwayjs/faas';
import { parseCredentials, parseNewAccount } from '../../models/account.ts';
import type { Body as JsonObject } from '../../models/todo-input.ts';
import { JsonBodyMiddleware } from '../middleware/json-body.ts';
import { userOfRequest } from '../middleware/token.ts';
import { AccountService } from '../service/accounts.ts';
import { TokenService } from '../service/tokens.ts';

const { HTTP } = ServerlessTriggerType;
/** Of functions that read a body. */
const middleware = [JsonBodyMiddleware];
const TYPE = 'account';

/** Accounts: register, sign in and out, and who else is there. */
@Provide()
export class UserFunctions {
  @Inject()
  ctx!: Context;

  @Inject()
  accounts!: AccountService;

  @Inject()
  tokens!: TokenService;

  // #region accounts
  @ServerlessFunction({ functionName: 'user.register' })
  @ServerlessTrigger(HTTP, { path: '/user/register', method: 'post', middleware })
  @HttpCode(201)
  async register(@Body() body: JsonObject): Promise<object> {
    const { access, ...user } = await this.accounts.register(parseNewAccount(body));
    return { status: 'ok', currentAuthority: access, ...user };
  }

  @ServerlessFunction({ functionName: 'user.login' })
  @ServerlessTrigger(HTTP, { path: '/api/login/account', method: 'post', middleware })
  async login(@Body() body: JsonObject): Promise<object> {
    const user = await this.accounts.verify(parseCredentials(body));
    if (user === undefined) {
      this.ctx.status = 401;
      const message = 'the name is unknown or the password wrong';
      const code = 'CREDENTIALS_WRONG';
      return {
        success: false,
        code,
        message,
        status: 'error',
        type: TYPE,
        currentAuthority: 'guest',
      };
    }
    await this.tokens.give(this.ctx, user.userid);
    return { status: 'ok', type: TYPE, currentAuthority: user.access };
  }

  @ServerlessFunction({ functionName: 'user.logout' })
  @ServerlessTrigger(HTTP, { path: '/api/logout', method: 'post', middleware })
  logout(): object {
    this.tokens.takeAway(this.ctx);
    return { success: true };
  }

  @ServerlessFunction({ functionName: 'user.list' })
  @ServerlessTrigger(HTTP, { path: '/api/users', method: 'get' })
  async list(): Promise<object> {
    userOfRequest(this.ctx);
    const data = await this.accounts.all();
    return { data, total: data.length, success: true };
  }
  // #endregion accounts
}
