import express, { type Request, type Response, type Router } from 'express';
import { ApiError } from '../api-error.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { methodNotAllowed } from '../middleware/errors.ts';
import { useridOf } from '../middleware/sign-in.ts';
import {
  parseDraft,
  parseKeys,
  parsePatch,
  parseRequestId,
  type Body,
} from '../models/todo-input.ts';
import type { TodoStore } from '../models/todo-store.ts';

/**
 * `/api/rule`: list, add, change and delete todos.
 *
 * @example app.use('/api/rule', ruleController(openTodoStore(tableAddress(process.env))));
 */
export function ruleController(todos: TodoStore): Router {
  // #region actions
  async function list(request: Request, response: Response): Promise<void> {
    response.json(await todos.page(request.query));
  }

  async function create(request: Request, response: Response): Promise<void> {
    const draft = parseDraft(bodyOf(request));
    const requestId = parseRequestId(request.get('Idempotency-Key'));
    response.status(201).json(await todos.add(draft, useridOf(response), requestId));
  }

  async function update(request: Request, response: Response): Promise<void> {
    response.json(await todos.update(parsePatch(bodyOf(request))));
  }

  async function remove(request: Request, response: Response): Promise<void> {
    await todos.remove(parseKeys(bodyOf(request)));
    const { data, total } = await todos.page({});
    response.json({ list: data, pagination: { total } });
  }
  // #endregion actions

  const router = express.Router();
  router
    .route('/')
    .get(list)
    .post(jsonBody, create)
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
