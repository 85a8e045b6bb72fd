import { createHash } from 'node:crypto';
import { ApiError } from '../api-error.ts';
import type { Row, Tables } from './table.ts';
import type { Draft, Todo } from './todo.ts';

export const REQUEST_TABLE = 'todo_request';
/** How long a repeated request is known; a table cannot keep a row for less. */
export const SECONDS_TO_LIVE = 24 * 60 * 60;
const MILLISECONDS_TO_LIVE = SECONDS_TO_LIVE * 1000;

export interface AddRequest {
  /** What the client called it: the same for each time that it is sent. */
  readonly id: string;
  readonly draft: Draft;
  readonly owner: string;
  readonly now: Date;
}

export interface Adding {
  /** A todo that is stored nowhere yet. */
  make(): Promise<Todo>;
  /** Stores it; false: it is there already. */
  insert(todo: Todo): Promise<boolean>;
}

// #region once
/**
 * Adds a todo once, however often and on however many instances at the same moment it is asked for.
 *
 * Before the todo a row of its own says what will be added. Whoever writes that row first decides; everybody
 * else, a later attempt or another instance, finds it and completes the same todo. Once it is marked as done
 * nothing is inserted any more, so a todo that was deleted since does not come back.
 *
 * @example await addOnce(tables, { id: '5f3a', draft, owner: 'demo', now: new Date() }, { make, insert });
 */
export async function addOnce(
  tables: Tables,
  request: AddRequest,
  { make, insert }: Adding,
): Promise<Todo> {
  const id = { id: digest([request.owner, request.id]) };
  const content = digest([request.draft.name, request.draft.desc]);
  const found = await tables.get(REQUEST_TABLE, id);
  const known = isCurrent(found, request.now);
  let claim = known ? found : undefined;
  if (claim === undefined) {
    const todo = await make();
    const at = request.now.getTime();
    const fresh = { content, at, todo: JSON.stringify(todo), done: false };
    // The table drops an outlived row in its own time: until then it is written over as it was found.
    const asFound = { column: 'at', is: Number(found?.['at'] ?? 0), orMissing: true } as const;
    const isFirst = await tables.put(REQUEST_TABLE, id, fresh, asFound);
    claim = isFirst ? fresh : await tables.get(REQUEST_TABLE, id);
  }
  if (claim?.['content'] !== content) throw otherContent();
  const todo = JSON.parse(String(claim['todo'])) as Todo;
  if (claim['done'] !== true) {
    await insert(todo);
    const asClaimed = { column: 'at', is: Number(claim['at']) } as const;
    await tables.put(REQUEST_TABLE, id, { ...without(claim, 'id'), done: true }, asClaimed);
  }
  return todo;
}
// #endregion once

function isCurrent(row: Row | undefined, now: Date): boolean {
  return row !== undefined && now.getTime() - Number(row['at'] ?? 0) < MILLISECONDS_TO_LIVE;
}

function without(row: Row, column: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== column));
}

/** Names and texts of any length and alphabet become a key that every table takes. */
function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function otherContent(): ApiError {
  return new ApiError(
    422,
    'IDEMPOTENCY_KEY_REUSED',
    'this Idempotency-Key came with another todo before; take a new key for a new todo',
  );
}
