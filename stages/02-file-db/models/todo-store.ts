import { randomUUID } from 'node:crypto';
import { openDatabase } from './database.ts';
import type { Draft, Patch, Todo } from './todo.ts';
import { addTodo, removeTodos, updateTodo, type Change, type TodoList } from './todo-list.ts';

/** Where the todos are kept. Controllers know this and nothing of what is behind it. */
export interface TodoStore {
  all(): Promise<readonly Todo[]>;
  add(draft: Draft, owner: string): Promise<Todo>;
  update(patch: Patch): Promise<Todo>;
  remove(keys: readonly string[]): Promise<void>;
}

/**
 * Keeps the todos in a file: who was told "done" finds the todo there, whatever happens to the process.
 *
 * @example const store = createTodoStore('/srv/todo/db.json');
 */
export function createTodoStore(file: string, now: () => Date = () => new Date()): TodoStore {
  // #region state
  const database = openDatabase(file);
  /** What is on the disk: a reader never sees a change that is still being written. */
  let saved: Promise<TodoList> | undefined;
  let lastWrite: Promise<unknown> = Promise.resolve();

  /** Reads the file once; when that failed, the next request tries again. */
  function read(): Promise<TodoList> {
    saved ??= database.read().catch((error: unknown) => {
      saved = undefined;
      throw error;
    });
    return saved;
  }

  /** One change after the other: each is made to the list that the one before it has saved. */
  function change<Result>(make: (list: TodoList, now: Date) => Change<Result>): Promise<Result> {
    const changed = lastWrite.then(async () => {
      const [next, result] = make(await read(), now());
      await database.write(next);
      saved = Promise.resolve(next);
      return result;
    });
    lastWrite = changed.catch(() => undefined);
    return changed;
  }
  // #endregion state

  return {
    all: async () => (await read()).todos,
    add: (draft, owner) => change((old, time) => addTodo(old, draft, owner, randomUUID(), time)),
    update: (patch) => change((old, time) => updateTodo(old, patch, time)),
    remove: (keys) => change((old) => removeTodos(old, keys)),
  };
}
