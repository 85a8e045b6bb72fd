import { toFcHandler } from './fc-adapter.ts';
import { tableAddress } from './models/table.ts';
import { openTodoStore } from './models/todo-store.ts';
import { createTokens, signingKey } from './models/token.ts';
import { createRuleApp } from './rule-app.ts';

// #region entry
const todos = openTodoStore(tableAddress(process.env));

/** Runs once in each instance, before its first request. */
export async function initializer(): Promise<void> {
  try {
    await todos.ready();
  } catch (error) {
    // No reason to lose the instance: each request tries again, and is told 503 until the table is there.
    console.error('the table is not ready:', error);
  }
}

export const handler = toFcHandler(createRuleApp(todos, createTokens(signingKey(process.env))));
// #endregion entry
