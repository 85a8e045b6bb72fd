import { randomUUID } from 'node:crypto';
import type { Draft, Patch, Todo } from './todo.ts';
import {
  addTodo,
  EMPTY_LIST,
  removeTodos,
  updateTodo,
  type Change,
  type TodoList,
} from './todo-list.ts';

/** Where the todos are kept. Controllers know this and nothing of what is behind it. */
export interface TodoStore {
  all(): Promise<readonly Todo[]>;
  add(draft: Draft, owner: string): Promise<Todo>;
  update(patch: Patch): Promise<Todo>;
  remove(keys: readonly string[]): Promise<void>;
}

/**
 * Keeps the todos in this process's memory, and nowhere else.
 *
 * @example const store = createTodoStore();
 */
export function createTodoStore(now: () => Date = () => new Date()): TodoStore {
  // #region state
  let list: TodoList = EMPTY_LIST;

  async function change<Result>(
    make: (list: TodoList, now: Date) => Change<Result>,
  ): Promise<Result> {
    const [next, result] = make(list, now());
    list = next;
    return result;
  }
  // #endregion state

  return {
    all: async () => list.todos,
    add: (draft, owner) => change((old, time) => addTodo(old, draft, owner, randomUUID(), time)),
    update: (patch) => change((old, time) => updateTodo(old, patch, time)),
    remove: (keys) => change((old) => removeTodos(old, keys)),
  };
}
