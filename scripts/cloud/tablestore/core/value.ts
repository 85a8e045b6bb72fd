import { compareBytes, compareText, textBytes } from './bytes.ts';

/** Before every key: only as a bound of a range. */
export const INF_MIN = Symbol('INF_MIN');
/** After every key: only as a bound of a range. */
export const INF_MAX = Symbol('INF_MAX');
/** Stands for the key that the service will choose. */
export const AUTO_INCREMENT = Symbol('AUTO_INCREMENT');

/** INTEGER, STRING, BINARY. */
export type KeyValue = bigint | string | Uint8Array;
export type Key = readonly KeyValue[];

/** INTEGER, DOUBLE, BOOLEAN, STRING, BINARY. */
export type ColumnValue = KeyValue | number | boolean;

export type BoundValue = KeyValue | typeof INF_MIN | typeof INF_MAX;
/** A place between keys, or a key itself. */
export type Bound = readonly BoundValue[];

/** All that a cell on the wire can hold. */
export type CellValue = ColumnValue | BoundValue | typeof AUTO_INCREMENT;

/**
 * Orders two values of the same type; undefined when their types differ, which are neither equal nor ordered.
 *
 * @example compareValues(1n, 2n) // -1
 */
export function compareValues(a: ColumnValue, b: ColumnValue): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  if (typeof a !== typeof b || typeof a === 'object' || typeof b === 'object') return undefined;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Orders keys and bounds column by column.
 *
 * @example compareKeys(['a', INF_MIN], ['a', 1n]) // -1
 */
export function compareKeys(a: Bound, b: Bound): number {
  for (let column = 0; column < a.length; column += 1) {
    const order = compareBounds(a[column] ?? INF_MIN, b[column] ?? INF_MIN);
    if (order !== 0) return order;
  }
  return 0;
}

function compareBounds(a: BoundValue, b: BoundValue): number {
  if (typeof a === 'symbol' || typeof b === 'symbol') return rank(a) - rank(b);
  return compareValues(a, b) ?? 0;
}

function rank(value: BoundValue): number {
  if (value === INF_MIN) return -1;
  return value === INF_MAX ? 1 : 0;
}

/**
 * How many bytes a value counts in limits and capacity units.
 *
 * @example valueBytes(1n) // 8
 */
export function valueBytes(value: ColumnValue): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value === 'boolean') return 1;
  return typeof value === 'object' ? value.length : 8;
}
