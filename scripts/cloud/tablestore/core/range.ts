import { invalid } from './errors.ts';
import { MAX_BYTES_PER_RANGE, MAX_ROWS_PER_RANGE } from './limits.ts';
import { type Column, columnsBytes, keyBytes, type Row } from './row.ts';
import type { Table } from './table.ts';
import { type Bound, compareKeys } from './value.ts';

export const DIRECTION = { forward: 0, backward: 1 } as const;

export interface Range {
  readonly direction: number;
  /** Included. */
  readonly start: Bound;
  /** Excluded. */
  readonly end: Bound;
}

/** A page of a range: what was chosen, and where the next one begins. */
export interface Page {
  readonly rows: readonly { readonly row: Row; readonly columns: readonly Column[] }[];
  readonly next: Row | undefined;
  /** What was read to find them. */
  readonly bytes: number;
}

/**
 * Checks that a range goes somewhere.
 *
 * @example checkRange({ direction: DIRECTION.forward, start: [INF_MIN], end: [INF_MAX] })
 */
export function checkRange({ direction, start, end }: Range): void {
  const order = compareKeys(start, end);
  if (direction === DIRECTION.forward) {
    if (order >= 0) throw invalid('Begin key must less than end key in FORWARD.');
  } else if (direction === DIRECTION.backward) {
    if (order <= 0) throw invalid('Begin key must more than end key in BACKWARD.');
  } else {
    throw invalid(`Invalid direction: ${direction}.`);
  }
}

/**
 * Reads a range until it ends, `limit` rows are chosen, or as much was looked at as a page may cost.
 *
 * @example readPage(table, range, 20, (row) => select(row, table.keyNames, query))
 */
export function readPage(
  table: Table,
  { direction, start, end }: Range,
  limit: number,
  choose: (row: Row) => readonly Column[] | undefined,
): Page {
  const forward = direction === DIRECTION.forward;
  const rows: { row: Row; columns: readonly Column[] }[] = [];
  let seen = 0;
  let bytes = 0;
  for (const row of forward ? table.rows.ascending(start) : table.rows.descending(start)) {
    const order = compareKeys(row.key, end);
    if (forward ? order >= 0 : order <= 0) break;
    const full = rows.length >= limit || seen >= MAX_ROWS_PER_RANGE || bytes >= MAX_BYTES_PER_RANGE;
    if (full) return { rows, next: row, bytes };
    seen += 1;
    const columns = choose(row);
    bytes += columns ? keyBytes(row.key) + columnsBytes(columns) : row.bytes;
    if (columns) rows.push({ row, columns });
  }
  return { rows, next: undefined, bytes };
}
