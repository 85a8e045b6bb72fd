import type { Query, TodoPage } from './todo-page.ts';
import type { Draft, Patch, Todo } from './todo.ts';

/** Where the todos are kept. Functions know this and nothing of what is behind it. */
export interface TodoStore {
  /** Resolves when todos can be read and written; rejects with what is in the way. */
  ready(): Promise<void>;
  page(query: Query): Promise<TodoPage>;
  /** With the same request id, for 24 hours, it is the same todo. */
  add(draft: Draft, owner: string, requestId?: string): Promise<Todo>;
  update(patch: Patch): Promise<Todo>;
  remove(keys: readonly string[]): Promise<void>;
}
