import os from 'node:os';
import path from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { ApiError } from '../api-error.ts';
import { EMPTY_LIST, type TodoList } from './todo-list.ts';

/** A file that holds the whole list. */
export interface Database {
  read(): Promise<TodoList>;
  /** Resolves when the file holds the list; if it fails, the file is as it was. */
  write(list: TodoList): Promise<void>;
}

// #region file
/**
 * Where db.json lies: beside the code, or with `TODO_STORAGE=tmp` in the folder for temporary files,
 * the only one that a function may write.
 *
 * @example databaseFile('/srv/todo', {}) // '/srv/todo/db.json'
 */
export function databaseFile(folder: string, environment = process.env): string {
  return path.join(environment['TODO_STORAGE'] === 'tmp' ? os.tmpdir() : folder, 'db.json');
}
// #endregion file

// #region database
/**
 * Opens db.json with lowdb, which writes a new file beside the old one and renames it: a reader, or a
 * start after a crash, finds the old list or the new one and never a half. A file that is not there is
 * an empty list; one that cannot be understood is an error, because a write would put it out of the world.
 *
 * @example const database = openDatabase('/srv/todo/db.json');
 */
export function openDatabase(file: string): Database {
  const db = new Low<TodoList>(new JSONFile(file), EMPTY_LIST);
  return {
    async read() {
      try {
        await db.read();
      } catch (error) {
        throw unreadable(error);
      }
      if (!isTodoList(db.data)) throw unreadable();
      return db.data;
    },
    async write(list) {
      db.data = list;
      try {
        await db.write();
      } catch (error) {
        throw unwritable(error);
      }
    },
  };
}
// #endregion database

function unreadable(cause?: unknown): ApiError {
  const message =
    'db.json cannot be read as a list of todos, and nothing was written over it: mend it or move it away';
  return new ApiError(503, 'STORAGE_BROKEN', message, { cause });
}

// #region read-only
/** A function's code disk says EROFS, Node's permission model ERR_ACCESS_DENIED, a folder of another user EACCES. */
const READ_ONLY = new Set(['EROFS', 'ERR_ACCESS_DENIED', 'EACCES', 'EPERM']);

/**
 * What a client is told when the file could not be written.
 *
 * @example unwritable(Object.assign(new Error(), { code: 'EROFS' })).code // 'STORAGE_READ_ONLY'
 */
export function unwritable(cause: unknown): ApiError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== undefined && READ_ONLY.has(code))
    return new ApiError(
      503,
      'STORAGE_READ_ONLY',
      'db.json lies on a disk that cannot be written; nothing was changed',
      { cause },
    );
  return new ApiError(503, 'STORAGE_FAILED', 'db.json could not be written; nothing was changed', {
    cause,
  });
}
// #endregion read-only

/** The types that the list needs of each todo: people edit db.json by hand. */
const TODO_FIELDS = {
  ...{ key: 'string', name: 'string', desc: 'string', owner: 'string', createdAt: 'string' },
  ...{ updatedAt: 'string', status: 'number', callNo: 'number', version: 'number' },
} as const;

function isTodoList(data: unknown): data is TodoList {
  const { lastCallNo, todos } = data as Partial<TodoList>;
  return Number.isInteger(lastCallNo) && Array.isArray(todos) && todos.every(isTodo);
}

function isTodo(todo: unknown): boolean {
  if (typeof todo !== 'object' || todo === null) return false;
  const fields = todo as Record<string, unknown>;
  return Object.entries(TODO_FIELDS).every(([field, type]) => typeof fields[field] === type);
}
