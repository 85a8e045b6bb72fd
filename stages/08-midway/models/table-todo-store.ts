import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../api-error.ts';
import { addOnce, REQUEST_TABLE, SECONDS_TO_LIVE } from './add-once.ts';
import { FIRST, LAST, type Tables } from './table.ts';
import { addTodo, updateTodo } from './todo-list.ts';
import { pageOf, windowOf, type TodoPage } from './todo-page.ts';
import { fromRow, LIST, rowKey, todoKey, toRow } from './todo-row.ts';
import type { TodoStore } from './todo-store.ts';
import type { Draft, Todo } from './todo.ts';

export const TABLE = 'todo';
/** The row that counts the todos that there ever were. */
const COUNTER = { list: 'counter', key: 'callNo' };

/** A table that was just made answers after some seconds; a request does not wait for all of them. */
const READY_WITHIN_MILLISECONDS = 6_000;
const ASK_EVERY_MILLISECONDS = 250;

/** How often a change is made anew because somebody else was faster. */
const MAX_ATTEMPTS = 50;
const MAX_PAUSE_MILLISECONDS = 20;

/**
 * Keeps each todo in a row of its own. Nothing is remembered between requests, so all instances see the same
 * list; and every write says what it expects to find, so none undoes another.
 *
 * @example const todos = tableTodoStore(openTables(tableAddress(process.env)));
 */
export function tableTodoStore(tables: Tables, now: () => Date = () => new Date()): TodoStore {
  // #region ready
  let readiness: Promise<void> | undefined;

  /** Makes the tables that are not there yet; when that failed, the next request tries again. */
  function ready(): Promise<void> {
    readiness ??= prepare().catch((error: unknown) => {
      readiness = undefined;
      throw error;
    });
    return readiness;
  }

  /** Asks before it makes: a platform that starts many instances at once must not make tables as often. */
  async function prepare(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MILLISECONDS;
    for (let attempt = 1; ; attempt++) {
      try {
        await Promise.all([tables.get(TABLE, COUNTER), tables.get(REQUEST_TABLE, { id: '-' })]);
        return;
      } catch (error) {
        const { code } = error as ApiError;
        if (code !== 'TABLE_NOT_READY' || Date.now() > deadline) throw error;
      }
      if (attempt > 1) await pause(ASK_EVERY_MILLISECONDS);
      else
        await Promise.all([
          tables.create(TABLE, ['list', 'key'], -1),
          tables.create(REQUEST_TABLE, ['id'], SECONDS_TO_LIVE),
        ]);
    }
  }
  // #endregion ready

  // #region read
  async function all(): Promise<Todo[]> {
    const todos: Todo[] = [];
    for await (const row of tables.range(TABLE, { list: LIST, key: FIRST }, END))
      todos.push(fromRow(row));
    return todos;
  }

  /** Counts by reading every key, for want of a better way; of the todos only those of the page are read. */
  async function plainPage(current: number, pageSize: number): Promise<TodoPage> {
    const start = (current - 1) * pageSize;
    let total = 0;
    let first: string | undefined;
    const options = { columns: ['key'] };
    for await (const { key } of tables.range(TABLE, { list: LIST, key: FIRST }, END, options)) {
      if (total === start) first = String(key);
      total += 1;
    }
    const data: Todo[] = [];
    if (first !== undefined) {
      const rows = tables.range(TABLE, { list: LIST, key: first }, END, { limit: pageSize });
      for await (const row of rows) data.push(fromRow(row));
    }
    return { data, total, success: true, pageSize, current };
  }
  // #endregion read

  // #region write
  /** A new todo with the next number. Two instances that ask at once get two numbers. */
  async function newTodo(draft: Draft, owner: string): Promise<Todo> {
    const callNo = await tables.increment(TABLE, COUNTER, 'last');
    const before = { lastCallNo: callNo - 1, todos: [] };
    const [, todo] = addTodo(before, draft, owner, todoKey(callNo), now());
    return todo;
  }

  /** False: a todo with this key is there already. */
  function insert(todo: Todo): Promise<boolean> {
    return tables.put(TABLE, { list: LIST, key: todo.key }, toRow(todo), 'absent');
  }
  // #endregion write

  return {
    ready,

    async page(query) {
      await ready();
      const asked = windowOf(query);
      return asked ? plainPage(asked.current, asked.pageSize) : pageOf(await all(), query);
    },

    async add(draft, owner, requestId) {
      await ready();
      if (requestId !== undefined) {
        const request = { id: requestId, draft, owner, now: now() };
        return addOnce(tables, request, { make: () => newTodo(draft, owner), insert });
      }
      const todo = await newTodo(draft, owner);
      if (!(await insert(todo)))
        throw new ApiError(503, 'TABLE_FAILED', 'the number of the new todo was given before');
      return todo;
    },

    // #region update
    async update(patch) {
      await ready();
      const key = rowKey(patch.key);
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        const row = key && (await tables.get(TABLE, key));
        const list = { lastCallNo: 0, todos: row ? [fromRow(row)] : [] };
        // Says 404 when it is not there, and 409 when the change was made to an older version.
        const [, todo] = updateTodo(list, patch, now());
        const expected = { column: 'version', is: todo.version - 1 } as const;
        if (key && (await tables.put(TABLE, key, toRow(todo), expected))) return todo;
        // Somebody else was faster: what they left is read and judged anew.
        await pause(Math.random() * MAX_PAUSE_MILLISECONDS);
      }
      throw new ApiError(409, 'VERSION_OLD', 'others keep changing this todo; read it again');
    },
    // #endregion update

    async remove(keys) {
      await ready();
      const rows = [...new Set(keys)].map(rowKey).filter((key) => key !== undefined);
      await tables.remove(TABLE, rows);
    },
  };
}

/** After the last todo. */
const END = { list: LIST, key: LAST };
