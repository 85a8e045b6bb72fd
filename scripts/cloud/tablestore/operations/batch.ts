import { invalid, TablestoreError } from '../core/errors.ts';
import type { RowInBatch, RowResponse } from '../core/messages.ts';
import type { Message } from '../core/protobuf.ts';

/**
 * Answers one row of a batch: what fails it stays with it.
 *
 * @example inBatch(() => readOne(tableName, primaryKey, asked, context)) // { isOk: true, … }
 */
export function inBatch(run: () => Message<typeof RowResponse>): Message<typeof RowInBatch> {
  try {
    return { isOk: true, ...run() };
  } catch (error) {
    if (!(error instanceof TablestoreError)) throw error;
    return { isOk: false, error: { code: error.code, message: error.message } };
  }
}

/**
 * Checks what a batch as a whole must not be: of a table twice, of too many rows.
 *
 * @example checkBatch(tables.map(({ tableName, rows }) => ({ tableName, rows: rows.length })), 200)
 */
export function checkBatch(
  tables: readonly { readonly tableName: string; readonly rows: number }[],
  limit: number,
): void {
  const seen = new Set<string>();
  let count = 0;
  for (const { tableName, rows } of tables) {
    if (seen.has(tableName)) throw invalid(`Duplicated table name: ${tableName}.`);
    seen.add(tableName);
    if (rows === 0) throw invalid(`No operation is specified for table:${tableName}.`);
    count += rows;
  }
  if (count > limit) throw invalid(`Rows count exceeds the upper limit:${limit}.`);
}
