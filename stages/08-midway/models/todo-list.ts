import { ApiError } from '../api-error.ts';
import { STATUS, type Draft, type Patch, type Todo } from './todo.ts';

/** All todos, and the last number given. Never changed in place: each change makes the next list. */
export interface TodoList {
  readonly lastCallNo: number;
  readonly todos: readonly Todo[];
}

export const EMPTY_LIST: TodoList = { lastCallNo: 0, todos: [] };

/** The next list, and what the change answers. */
export type Change<Result> = readonly [TodoList, Result];

// #region changes
/**
 * Puts a new todo in front.
 *
 * @example const [next, todo] = addTodo(list, { name: 'Buy milk', desc: '' }, 'demo', randomUUID(), new Date());
 */
export function addTodo(
  list: TodoList,
  draft: Draft,
  owner: string,
  key: string,
  now: Date,
): Change<Todo> {
  const callNo = list.lastCallNo + 1;
  const todo: Todo = {
    key,
    name: draft.name,
    desc: draft.desc,
    status: STATUS.inProgress,
    owner,
    avatar: './favicon.svg',
    href: './',
    callNo,
    progress: 0,
    disabled: false,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    version: 1,
  };
  return [{ lastCallNo: callNo, todos: [todo, ...list.todos] }, todo];
}

/**
 * Merges a change into the todo it names, unless somebody else was faster.
 *
 * @example const [next, todo] = updateTodo(list, { key: 'a1', status: 2, version: 1 }, new Date());
 */
export function updateTodo(list: TodoList, patch: Patch, now: Date): Change<Todo> {
  const { key, version, ...fields } = patch;
  const old = list.todos.find((todo) => todo.key === key);
  if (old === undefined)
    throw new ApiError(404, 'TODO_UNKNOWN', 'no todo has this key; read the list again');
  if (version !== undefined && version !== old.version)
    throw new ApiError(
      409,
      'VERSION_OLD',
      `the todo is at version ${old.version}, the change was made to ${version}; read it again`,
    );
  const merged = { ...old, ...fields };
  const todo: Todo = {
    ...merged,
    progress: merged.status === STATUS.done ? 100 : 0,
    updatedAt: now.toISOString(),
    version: old.version + 1,
  };
  return [{ ...list, todos: list.todos.map((other) => (other === old ? todo : other)) }, todo];
}

/**
 * Takes out the todos with exactly these keys; a key that is not there is no error, so that a retry is safe.
 *
 * @example const [next] = removeTodos(list, ['a1', 'b2']);
 */
export function removeTodos(list: TodoList, keys: readonly string[]): Change<undefined> {
  const gone = new Set(keys);
  return [{ ...list, todos: list.todos.filter((todo) => !gone.has(todo.key)) }, undefined];
}
// #endregion changes
