import { invalid, TablestoreError } from './errors.ts';
import { MAX_KEY_VALUE_BYTES } from './limits.ts';
import type { Cell } from './plain-buffer.ts';
import { AUTO_INCREMENT_OPTION, KEY_TYPE, type KeyColumn } from './table.ts';
import {
  AUTO_INCREMENT,
  type Bound,
  type CellValue,
  INF_MAX,
  INF_MIN,
  type Key,
  type KeyValue,
  valueBytes,
} from './value.ts';

/** A key that a write names; the column of an AUTO_INCREMENT is yet to be chosen. */
export type WrittenKey = readonly (KeyValue | typeof AUTO_INCREMENT)[];

/**
 * The key of a row that is read or deleted: every column, in order, of its type.
 *
 * @example checkKey(table.description.keyColumns, plain.key) // ['user-1', 7n]
 */
export function checkKey(columns: readonly KeyColumn[], cells: readonly Cell[]): Key {
  return checkColumns(columns, cells, (column, value) => {
    if (value === AUTO_INCREMENT) throw invalid("PKAutoIncr can't be used for read operations.");
    return keyValue(column, value);
  });
}

/**
 * The key of a row that is written: its AUTO_INCREMENT column may be left to the table.
 *
 * @example checkWrittenKey(table.description.keyColumns, plain.key) // ['user-1', AUTO_INCREMENT]
 */
export function checkWrittenKey(columns: readonly KeyColumn[], cells: readonly Cell[]): WrittenKey {
  return checkColumns(columns, cells, (column, value) => {
    if (value !== AUTO_INCREMENT) return keyValue(column, value);
    return column.option === AUTO_INCREMENT_OPTION ? value : undefined;
  });
}

/**
 * An end of a range: INF_MIN and INF_MAX stand for values of any type.
 *
 * @example checkBound(table.description.keyColumns, plain.key) // ['user-1', INF_MIN]
 */
export function checkBound(columns: readonly KeyColumn[], cells: readonly Cell[]): Bound {
  return checkColumns(columns, cells, (column, value) => {
    if (value === AUTO_INCREMENT) throw invalid("PKAutoIncr can't be used for read operations.");
    return value === INF_MIN || value === INF_MAX ? value : keyValue(column, value);
  });
}

function checkColumns<Value>(
  columns: readonly KeyColumn[],
  cells: readonly Cell[],
  check: (column: KeyColumn, value: CellValue) => Value | undefined,
): Value[] {
  if (cells.length !== columns.length) throw mismatch();
  return cells.map(({ name, value, operation, timestamp }, index) => {
    const column = columns[index];
    if (!column || column.name !== name) throw mismatch();
    if (value === undefined) throw invalid(`No value is given for primary key name:${name}.`);
    if (operation !== undefined)
      throw invalid(`OpType cannot be given for primary key name :${name}.`);
    if (timestamp !== undefined)
      throw invalid(`Timestamp cannot be given for primary key name:${name}.`);
    const checked = check(column, value);
    if (checked === undefined) throw mismatch();
    return checked;
  });
}

/** Undefined when the value is not of the column's type. */
function keyValue(column: KeyColumn, value: CellValue): KeyValue | undefined {
  if (typeof value === 'bigint') return column.type === KEY_TYPE.integer ? value : undefined;
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) return undefined;
  if (column.type !== (typeof value === 'string' ? KEY_TYPE.string : KEY_TYPE.binary))
    return undefined;
  const length = valueBytes(value);
  if (length > MAX_KEY_VALUE_BYTES)
    throw invalid(
      `The length of primary key column: ${column.name} exceeds the MaxLength: ${MAX_KEY_VALUE_BYTES} with CurrentLength: ${length}.`,
    );
  return value;
}

function mismatch(): TablestoreError {
  return new TablestoreError('OTSInvalidPK', 'Primary key schema mismatch.');
}
