import type { Draft, Patch, Todo } from './todo.ts';
import { oneCellStore } from './one-cell-store.ts';
import { openTables, type TableAddress } from './table.ts';
import type { Query, TodoPage } from './todo-page.ts';
import { tableTodoStore } from './table-todo-store.ts';

/** Where the todos are kept. Controllers know this and nothing of what is behind it. */
export interface TodoStore {
  /** Resolves when todos can be read and written; rejects with what is in the way. */
  ready(): Promise<void>;
  page(query: Query): Promise<TodoPage>;
  /** With the same request id, for 24 hours, it is the same todo. */
  add(draft: Draft, owner: string, requestId?: string): Promise<Todo>;
  update(patch: Patch): Promise<Todo>;
  remove(keys: readonly string[]): Promise<void>;
}

/**
 * Opens the store that `TODO_STORE` names: the table with a row for each todo, or `one-cell`, the way of the
 * 2020 course, which loses todos and is here for the experiment that shows it.
 *
 * @example const todos = openTodoStore(tableAddress(process.env));
 */
export function openTodoStore(
  address: TableAddress,
  environment: NodeJS.ProcessEnv = process.env,
): TodoStore {
  const tables = openTables(address);
  return environment['TODO_STORE'] === 'one-cell' ? oneCellStore(tables) : tableTodoStore(tables);
}
