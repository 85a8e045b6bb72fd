import express, { type Request, type Response, type Router } from 'express';
import { ApiError } from '../api-error.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { methodNotAllowed } from '../middleware/errors.ts';
import { parseDraft, parseKeys, parsePatch, type Body } from '../models/todo-input.ts';
import { pageOf } from '../models/todo-page.ts';
import type { TodoStore } from '../models/todo-store.ts';
import { demoUser } from '../models/user.ts';

/**
 * `/api/rule`: list, add, change and delete todos.
 *
 * @example app.use('/api/rule', ruleController(createTodoStore()));
 */
export function ruleController(todos: TodoStore): Router {
  // #region actions
  async function list(request: Request, response: Response): Promise<void> {
    response.json(pageOf(await todos.all(), request.query));
  }

  async function create(request: Request, response: Response): Promise<void> {
    const draft = parseDraft(bodyOf(request));
    response.status(201).json(await todos.add(draft, demoUser.userid));
  }

  async function update(request: Request, response: Response): Promise<void> {
    response.json(await todos.update(parsePatch(bodyOf(request))));
  }

  async function remove(request: Request, response: Response): Promise<void> {
    await todos.remove(parseKeys(bodyOf(request)));
    const { data, total } = pageOf(await todos.all(), {});
    response.json({ list: data, pagination: { total } });
  }
  // #endregion actions

  // #region legacy
  /** The first front ends of 2020 only knew POST and said in the body what they meant. */
  const dialect = new Map<unknown, typeof create>([
    [undefined, create],
    ['post', create],
    ['update', update],
    ['delete', remove],
  ]);

  async function post(request: Request, response: Response): Promise<void> {
    const { method } = bodyOf(request);
    const action = dialect.get(method);
    if (action === undefined)
      throw new ApiError(
        400,
        'METHOD_UNKNOWN',
        'method in the body must be post, update or delete',
      );
    await action(request, response);
  }
  // #endregion legacy

  const router = express.Router();
  router
    .route('/')
    .get(list)
    .post(jsonBody, post)
    .put(jsonBody, update)
    .delete(jsonBody, remove)
    .all(methodNotAllowed('GET', 'HEAD', 'POST', 'PUT', 'DELETE'));
  return router;
}

function bodyOf(request: Request): Body {
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
  throw new ApiError(400, 'BODY_INVALID', 'the body must be a JSON object: {"name": "..."}');
}
