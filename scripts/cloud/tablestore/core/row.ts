import { compareText, textBytes } from './bytes.ts';
import type { Cell, PlainRow } from './plain-buffer.ts';
import { type ColumnValue, type Key, valueBytes } from './value.ts';

export interface Version {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly value: ColumnValue;
}

export interface Column {
  readonly name: string;
  /** Newest first; at least one. */
  readonly versions: readonly Version[];
}

/** A row as a table keeps it. It never changes: a write puts another in its place. */
export interface Row {
  readonly key: Key;
  /** In the order of their names. */
  readonly columns: readonly Column[];
  /** What it counts in limits and capacity units. */
  readonly bytes: number;
}

/**
 * A row of these columns, which are put in order.
 *
 * @example makeRow(['a'], new Map([['title', [{ timestamp: 1, value: 'milk' }]]]))
 */
export function makeRow(key: Key, columns: ReadonlyMap<string, readonly Version[]>): Row {
  const sorted = [...columns]
    .map(([name, versions]) => ({ name, versions }))
    .toSorted((a, b) => compareText(a.name, b.name));
  return { key, columns: sorted, bytes: keyBytes(key) + columnsBytes(sorted) };
}

/**
 * What columns count in limits and capacity units: their names and values, once a version.
 *
 * @example columnsBytes([{ name: 'n', versions: [{ timestamp: 1, value: 1n }] }]) // 9
 */
export function columnsBytes(columns: readonly Column[]): number {
  let bytes = 0;
  for (const { name, versions } of columns) {
    const nameBytes = textBytes(name);
    for (const { value } of versions) bytes += nameBytes + valueBytes(value);
  }
  return bytes;
}

export function keyBytes(key: Key): number {
  return key.reduce((bytes: number, value) => bytes + valueBytes(value), 0);
}

/**
 * A row in the form it travels in; `names` are the table's key columns.
 *
 * @example toPlainRow(['id'], row.key, row.columns)
 */
export function toPlainRow(
  names: readonly string[],
  key: Key,
  columns: readonly Column[],
): PlainRow {
  return {
    key: names.map((name, index): Cell => ({ name, value: key[index] })),
    cells: columns.flatMap(({ name, versions }) =>
      versions.map(({ timestamp, value }): Cell => ({ name, value, timestamp })),
    ),
    deleteMarker: false,
  };
}

/**
 * The row without what a table's time-to-live has taken: nothing that is older than `oldest` is read.
 *
 * @example withoutExpired(row, now - 86_400_000)
 */
export function withoutExpired(row: Row, oldest: number): Row {
  const alive = row.columns.flatMap(({ name, versions }) => {
    const kept = versions.filter(({ timestamp }) => timestamp >= oldest);
    return kept.length > 0 ? [[name, kept] as const] : [];
  });
  return makeRow(row.key, new Map(alive));
}
