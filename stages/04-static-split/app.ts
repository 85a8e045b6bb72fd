import type { RequestListener } from 'node:http';
import { createPageApp } from './page-app.ts';
import { createRuleApp } from './rule-app.ts';
import type { TodoStore } from './models/todo-store.ts';
import type { Tokens } from './models/token.ts';

/** What both functions are given: where the todos and the files are, and who may write. */
export interface Parts {
  readonly todos: TodoStore;
  readonly tokens: Tokens;
  /** The CDN's address. */
  readonly cdn: string;
}

/**
 * Both functions behind one port: paths go where the routes of s.yaml send them.
 *
 * @example http.createServer(createApp({ todos, tokens, cdn: 'https://cdn.example.com' })).listen(3001);
 */
export function createApp({ todos, tokens, cdn }: Parts): RequestListener {
  // #region routes
  const page = createPageApp(cdn, tokens);
  const rule = createRuleApp(todos, tokens);
  return (request, response) => {
    const isRule = /^\/api\/rule(?=[/?]|$)/.test(request.url ?? '');
    (isRule ? rule : page)(request, response);
  };
  // #endregion routes
}
