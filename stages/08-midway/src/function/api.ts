import {
  Body,
  HttpCode,
  Inject,
  Provide,
  Query,
  ServerlessFunction,
  ServerlessTrigger,
  ServerlessTriggerType,
} from '@midwayjs/core';
import type { Context } from '@midwayjs/faas';
import { type User, userOf } from '../../models/account.ts';
import type { Body as JsonObject } from '../../models/todo-input.ts';
import { parseDraft, parseKeys, parsePatch, parseRequestId } from '../../models/todo-input.ts';
import type { Query as QueryValues, TodoPage } from '../../models/todo-page.ts';
import type { Todo } from '../../models/todo.ts';
import { JsonBodyMiddleware } from '../middleware/json-body.ts';
import { userOfRequest } from '../middleware/token.ts';
import { TodoService } from '../service/todos.ts';

const { HTTP } = ServerlessTriggerType;
/** Of functions that read a body. */
const middleware = [JsonBodyMiddleware];

/** `/api/rule` and `/api/currentUser`: the todos, and who is there. */
@Provide()
export class ApiFunctions {
  @Inject()
  ctx!: Context;

  @Inject()
  todos!: TodoService;

  @ServerlessFunction({ functionName: 'api.currentUser' })
  @ServerlessTrigger(HTTP, { path: '/api/currentUser', method: 'get' })
  currentUser(): User {
    return userOf(userOfRequest(this.ctx));
  }

  // #region rule
  // Each is `async`: a plain method that returns a promise is handed promises as its parameters.
  @ServerlessFunction({ functionName: 'api.rule' })
  @ServerlessTrigger(HTTP, { path: '/api/rule', method: 'get' })
  async list(@Query() query: QueryValues): Promise<TodoPage> {
    return this.todos.page(query);
  }

  @ServerlessFunction({ functionName: 'api.rule' })
  @ServerlessTrigger(HTTP, { path: '/api/rule', method: 'post', middleware })
  @HttpCode(201)
  async create(@Body() body: JsonObject): Promise<Todo> {
    const requestId = parseRequestId(this.ctx.get('Idempotency-Key') || undefined);
    return this.todos.add(parseDraft(body), userOfRequest(this.ctx), requestId);
  }

  @ServerlessFunction({ functionName: 'api.rule' })
  @ServerlessTrigger(HTTP, { path: '/api/rule', method: 'put', middleware })
  async update(@Body() body: JsonObject): Promise<Todo> {
    return this.todos.update(parsePatch(body));
  }

  @ServerlessFunction({ functionName: 'api.rule' })
  @ServerlessTrigger(HTTP, { path: '/api/rule', method: 'delete', middleware })
  async remove(@Body() body: JsonObject): Promise<object> {
    await this.todos.remove(parseKeys(body));
    const { data, total } = await this.todos.page({});
    return { list: data, pagination: { total } };
  }
  // #endregion rule
}
