import type { Todo } from './todo.ts';

export const DEFAULT_PAGE_SIZE = 10;
export const MAX_PAGE_SIZE = 1_000;

/** Query values as Express parses them: one value, or several of the same name. */
export type Query = Readonly<Record<string, unknown>>;

/** One page of the list, in the format that Ant Design Pro's table reads. */
export interface TodoPage {
  readonly data: readonly Todo[];
  readonly total: number;
  readonly success: true;
  readonly pageSize: number;
  readonly current: number;
}

const COLUMNS = [
  'name',
  'desc',
  'status',
  'owner',
  'callNo',
  'progress',
  'createdAt',
  'updatedAt',
] as const;

/** A page of the newest todos, without any filter or order of its own. */
export type Window = Pick<TodoPage, 'current' | 'pageSize'>;

// #region page
/**
 * Filters, sorts and cuts out one page; without a sorter the newest comes first.
 *
 * @example pageOf(todos, { current: '2', name: 'milk', sorter: 'updatedAt_ascend' })
 */
export function pageOf(todos: readonly Todo[], query: Query): TodoPage {
  const matching = sorted(todos.filter(filter(query)), textOf(query['sorter']));
  const { current, pageSize } = pagingOf(query);
  const start = (current - 1) * pageSize;
  return {
    data: matching.slice(start, start + pageSize),
    total: matching.length,
    success: true,
    pageSize,
    current,
  };
}
// #endregion page

/**
 * Which page of the newest todos is asked for; undefined when a filter or a sorter wants to see them all.
 *
 * @example windowOf({ current: '2', name: '' }) // { current: 2, pageSize: 10 }
 */
export function windowOf(query: Query): Window | undefined {
  const wishes = ['name', 'desc', 'status', 'sorter'].some((name) => textOf(query[name]) !== '');
  return wishes ? undefined : pagingOf(query);
}

function pagingOf(query: Query): Window {
  const current = naturalOf(query['current']) ?? 1;
  const pageSize = Math.min(naturalOf(query['pageSize']) ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  return { current, pageSize };
}

function filter(query: Query): (todo: Todo) => boolean {
  const name = textOf(query['name']).toLowerCase();
  const desc = textOf(query['desc']).toLowerCase();
  const statuses = textOf(query['status']).split(',').filter(Boolean);
  return (todo) =>
    todo.name.toLowerCase().includes(name) &&
    todo.desc.toLowerCase().includes(desc) &&
    (statuses.length === 0 || statuses.includes(String(todo.status)));
}

/** An unknown column or direction means no sorter: Ant Design sends `updatedAt_undefined` when one is cleared. */
function sorted(todos: readonly Todo[], sorter: string): readonly Todo[] {
  const newestFirst = todos.toSorted((a, b) => b.callNo - a.callNo);
  const [, field, direction] = /^(\w+)_(ascend|descend)$/.exec(sorter) ?? [];
  const column = COLUMNS.find((known) => known === field);
  if (column === undefined) return newestFirst;
  const sign = direction === 'ascend' ? 1 : -1;
  return newestFirst.toSorted((a, b) => sign * compare(a[column], b[column]));
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Repeated values become one, joined as a function's event joins them. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'string' ? value.trim() : '';
}

function naturalOf(value: unknown): number | undefined {
  const text = textOf(value);
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
