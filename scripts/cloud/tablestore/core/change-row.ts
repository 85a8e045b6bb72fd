import { invalid } from './errors.ts';
import { type Cell, CELL_OPERATION } from './plain-buffer.ts';
import { type Column, makeRow, type Row, type Version } from './row.ts';
import type { ColumnValue, Key } from './value.ts';

/** A row as a write leaves it, and what the write put into it. */
export interface Changed {
  /** Undefined when there is still none. */
  readonly row: Row | undefined;
  readonly put: readonly Column[];
}

/**
 * Applies cells to a row, or to none. Each is a new version (of `now`, unless it brings its own
 * timestamp), of which a table keeps the newest `maxVersions`.
 *
 * @example changeRow(['a'], undefined, [{ name: 'title', value: 'milk' }], { maxVersions: 1, now })
 */
export function changeRow(
  key: Key,
  before: Row | undefined,
  cells: readonly Cell[],
  { maxVersions, now }: { readonly maxVersions: number; readonly now: number },
): Changed {
  const columns = new Map(before?.columns.map(({ name, versions }) => [name, versions]));
  const put: Column[] = [];
  for (const cell of cells) {
    const { name } = cell;
    const old = columns.get(name) ?? [];
    let versions: readonly Version[] = [];
    if (cell.operation === CELL_OPERATION.deleteOne) {
      versions = old.filter(({ timestamp }) => timestamp !== cell.timestamp);
    } else if (cell.operation !== CELL_OPERATION.deleteAll) {
      const version = { timestamp: cell.timestamp ?? now, value: newValue(cell, old[0]) };
      versions = insert(old, version).slice(0, maxVersions);
      put.push({ name, versions: [version] });
    }
    if (versions.length > 0) columns.set(name, versions);
    else columns.delete(name);
  }
  return { row: makeRow(key, columns), put };
}

function newValue(cell: Cell, newest: Version | undefined): ColumnValue {
  const value = cell.value as ColumnValue;
  if (cell.operation !== CELL_OPERATION.increment) return value;
  const base = newest?.value ?? 0n;
  if (typeof base !== 'bigint' || typeof value !== 'bigint')
    throw invalid(`Only an INTEGER column can be incremented: ${cell.name}.`);
  return BigInt.asIntN(64, base + value);
}

/** Newest first; a version of the same time is replaced. */
function insert(versions: readonly Version[], version: Version): Version[] {
  return [version, ...versions.filter(({ timestamp }) => timestamp !== version.timestamp)].toSorted(
    (a, b) => b.timestamp - a.timestamp,
  );
}
