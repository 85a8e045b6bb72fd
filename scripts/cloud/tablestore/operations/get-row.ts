import { consumed } from '../core/capacity.ts';
import { invalid } from '../core/errors.ts';
import { checkKey } from '../core/key.ts';
import { GetRowRequest, RowResponse } from '../core/messages.ts';
import type { Message } from '../core/protobuf.ts';
import { type AskedColumns, parseQuery, select } from '../core/query.ts';
import { readRow } from '../core/read-plain-buffer.ts';
import { columnsBytes, keyBytes, toPlainRow } from '../core/row.ts';
import { writeRows } from '../core/write-plain-buffer.ts';
import { type Context, operation } from './operation.ts';

/** Reads one row; one that is not there is empty. */
export const getRow = operation(GetRowRequest, RowResponse, (request, context) =>
  readOne(request.tableName, request.primaryKey, request, context),
);

/**
 * Reads one row, by itself or in a batch: table, then key, then what is asked for.
 *
 * @example readOne('todos', primaryKey, { columnsToGet: [], maxVersions: 1 }, context)
 */
export function readOne(
  tableName: string,
  primaryKey: Uint8Array,
  asked: AskedColumns,
  { tables, now }: Pick<Context, 'tables' | 'now'>,
): Message<typeof RowResponse> {
  const table = tables.get(tableName);
  const { description, keyNames } = table;
  const plain = readRow(primaryKey);
  if (plain.cells.length > 0) throw invalid('Attribute column cannot be given while reading data.');
  if (plain.deleteMarker) throw invalid('Delete marker cannot be given.');
  const key = checkKey(description.keyColumns, plain.key);
  const query = parseQuery(asked, description.options.maxVersions);
  const row = table.find(key, now);
  const columns = row && select(row, keyNames, query);
  if (!columns) return { consumed: consumed({ read: row?.bytes ?? 0 }), row: new Uint8Array() };
  return {
    consumed: consumed({ read: keyBytes(key) + columnsBytes(columns) }),
    row: writeRows([toPlainRow(keyNames, key, columns)]),
  };
}
