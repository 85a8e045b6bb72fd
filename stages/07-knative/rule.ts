import { createRuleApp } from './apps/rule.ts';
import { tableAddress } from './models/table.ts';
import { openTodoStore } from './models/todo-store.ts';
import { createTokens, signingKey } from './models/token.ts';
import { serve } from './serve.ts';

// #region entry
const app = createRuleApp({
  tokens: createTokens(signingKey(process.env)),
  todos: openTodoStore(tableAddress(process.env)),
});

serve(app, process.env['PORT'] ?? '3002');
// #endregion entry
