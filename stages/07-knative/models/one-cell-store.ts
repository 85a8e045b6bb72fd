import type { Tables } from './table.ts';
import { TABLE, tableTodoStore } from './table-todo-store.ts';
import {
  addTodo,
  EMPTY_LIST,
  removeTodos,
  updateTodo,
  type Change,
  type TodoList,
} from './todo-list.ts';
import { pageOf } from './todo-page.ts';
import { todoKey } from './todo-row.ts';
import type { TodoStore } from './todo-store.ts';

const CELL = { list: 'one-cell', key: 'all' };

// #region one-cell
/**
 * How NOT to do it, as the course did it in 2020: the whole list in one cell of the table and a copy of it in
 * the memory of each instance. Each write puts the writer's own copy over what everybody else has saved.
 *
 * @example const todos = oneCellStore(openTables(tableAddress(process.env)));
 */
export function oneCellStore(tables: Tables): TodoStore {
  let copy: TodoList | undefined;

  async function read(): Promise<TodoList> {
    if (copy === undefined) {
      await tableTodoStore(tables).ready();
      const row = await tables.get(TABLE, CELL);
      copy = row ? (JSON.parse(String(row['todos'])) as TodoList) : EMPTY_LIST;
    }
    return copy;
  }

  async function change<Result>(make: (list: TodoList) => Change<Result>): Promise<Result> {
    const [next, result] = make(await read());
    copy = next;
    await tables.put(TABLE, CELL, { todos: JSON.stringify(next) }, 'anything');
    return result;
  }
  // #endregion one-cell

  return {
    ready: async () => void (await read()),
    page: async (query) => pageOf((await read()).todos, query),
    add: (draft, owner) =>
      change((old) => addTodo(old, draft, owner, todoKey(old.lastCallNo + 1), new Date())),
    update: (patch) => change((old) => updateTodo(old, patch, new Date())),
    remove: (keys) => change((old) => removeTodos(old, keys)),
  };
}
