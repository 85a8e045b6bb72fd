import type { RequestListener } from 'node:http';
import { createPageApp } from './page-app.ts';
import { createRuleApp } from './rule-app.ts';
import type { TodoStore } from './models/todo-store.ts';

/**
 * Both functions behind one port: paths go where the routes of s.yaml send them.
 *
 * @example http.createServer(createApp(openTodoStore(tableAddress(process.env)))).listen(3001);
 */
export function createApp(todos: TodoStore): RequestListener {
  // #region routes
  const page = createPageApp();
  const rule = createRuleApp(todos);
  return (request, response) => {
    const isRule = /^\/api\/rule(?=[/?]|$)/.test(request.url ?? '');
    (isRule ? rule : page)(request, response);
  };
  // #endregion routes
}
