import type { Key, Row } from './table.ts';
import type { Status, Todo } from './todo.ts';

/** As many todos as can ever be numbered: keys have a digit for each of its zeros. */
const NUMBERS = 1_000_000_000_000;
const DIGITS = 12;

/** The first column of every todo's key. It names the part of the table that is read in order. */
export const LIST = 'todo';

// #region key
/**
 * The key of a todo: counted down from the end, so that the newest one sorts first and the first page is
 * the first rows.
 *
 * @example todoKey(1) // '999999999999'
 */
export function todoKey(callNo: number): string {
  return String(NUMBERS - callNo).padStart(DIGITS, '0');
}

/** The key of a row, or undefined for what no todo was ever called. */
export function rowKey(key: string): Key | undefined {
  return /^\d{12}$/.test(key) ? { list: LIST, key } : undefined;
}
// #endregion key

/** A todo without its key, as columns of a row. */
export function toRow({ key: _, ...columns }: Todo): Row {
  return columns;
}

/** The todo that a row holds. */
export function fromRow(row: Row): Todo {
  return {
    key: String(row['key']),
    name: String(row['name']),
    desc: String(row['desc']),
    status: Number(row['status']) as Status,
    owner: String(row['owner']),
    avatar: String(row['avatar']),
    href: String(row['href']),
    callNo: Number(row['callNo']),
    progress: Number(row['progress']),
    disabled: row['disabled'] === true,
    createdAt: String(row['createdAt']),
    updatedAt: String(row['updatedAt']),
    version: Number(row['version']),
  };
}
