import { isName } from '../core/check-table.ts';
import { invalid } from '../core/errors.ts';
import {
  MAX_COLUMN_VALUE_BYTES,
  MAX_COLUMNS_PER_WRITE,
  MAX_TIMESTAMP_MILLISECONDS,
} from '../core/limits.ts';
import { type Cell, CELL_OPERATION } from '../core/plain-buffer.ts';
import type { Table } from '../core/table.ts';
import { valueBytes } from '../core/value.ts';

/**
 * Checks the attribute columns of a write: how many, their names, sizes, and versions.
 *
 * @example checkCells(change.cells, table, now)
 */
export function checkCells(cells: readonly Cell[], table: Table, now: number): void {
  if (cells.length > MAX_COLUMNS_PER_WRITE)
    throw invalid(
      `The number of attribute columns exceeds the limit, limit count:${MAX_COLUMNS_PER_WRITE}, column count: ${cells.length}.`,
    );
  const { keyNames } = table;
  for (const cell of cells) {
    const { name } = cell;
    if (!isName(name)) throw invalid(`Invalid column name: ${name}.`);
    if (keyNames.includes(name))
      throw invalid(`Duplicated attribute column name with primary key column: ${name}.`);
    checkValue(cell);
    checkTimestamp(cell, table, now);
  }
}

function checkValue({ name, value }: Cell): void {
  if (value === undefined) return;
  if (typeof value === 'symbol')
    throw invalid('data format is invalid, unknown variant type occured.');
  const length = valueBytes(value);
  if (length > MAX_COLUMN_VALUE_BYTES)
    throw invalid(
      `The length of attribute column: ${name} exceeded the MaxLength:${MAX_COLUMN_VALUE_BYTES} with Current Length:${length}.`,
    );
}

function checkTimestamp({ name, timestamp, operation }: Cell, table: Table, now: number): void {
  if (timestamp === undefined) return;
  if (timestamp < 0 || timestamp > MAX_TIMESTAMP_MILLISECONDS)
    throw invalid(
      `Invalid cell timestamp: ${timestamp}. Expect: [0, Version::kMax.mVersion / kUsecPerMsec]..`,
    );
  // What is to be deleted may be of any age.
  if (operation === CELL_OPERATION.deleteOne) return;
  const { deviationSeconds, timeToLive } = table.description.options;
  const deviation = deviationSeconds * 1000;
  const age = timeToLive === -1 ? deviation : Math.min(deviation, timeToLive * 1000);
  if (timestamp < now - age || timestamp >= now + deviation)
    throw invalid(`Invalid timestamp. Cell:${name}.`);
}
