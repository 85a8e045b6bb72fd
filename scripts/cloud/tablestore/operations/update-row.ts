import { changeRow } from '../core/change-row.ts';
import { invalid } from '../core/errors.ts';
import { RowResponse, WriteRowRequest } from '../core/messages.ts';
import { type Cell, CELL_OPERATION } from '../core/plain-buffer.ts';
import { checkCells } from './check-cells.ts';
import { operation } from './operation.ts';
import { type Write, writeRow } from './write-row.ts';

/** Changes single columns: puts, increments, deletes one version or all. */
export const update: Write = {
  check({ cells, deleteMarker }, table, now) {
    if (deleteMarker)
      throw invalid('Invalid request of put/update row: unexpected RowDeleteMarker in request.');
    if (cells.length === 0) throw invalid('Attribute column is missing.');
    for (const cell of cells) checkOperation(cell);
    checkCells(cells, table, now);
  },
  apply({ cells }, { table, key, before, now }) {
    const { maxVersions } = table.description.options;
    const changed = changeRow(key, before, cells, { maxVersions, now });
    // Deletions alone make no row.
    return before || changed.put.length > 0 ? changed : { row: undefined, put: [] };
  },
};

/** Updates one row, which it creates when there is none. */
export const updateRow = operation(WriteRowRequest, RowResponse, (request, context) =>
  writeRow(update, request.tableName, request, context),
);

function checkOperation({ name, value, operation: type, timestamp }: Cell): void {
  const deletes = type === CELL_OPERATION.deleteOne || type === CELL_OPERATION.deleteAll;
  if (!deletes) {
    if (value === undefined) throw invalid(`Invalid cell: ${name}. Reason: missing value.`);
    return;
  }
  if (value !== undefined)
    throw invalid(
      'Column value cannot be given when type is DELETE_ONE_VERSION,DELETE_ALL_VERSION.',
    );
  if (type === CELL_OPERATION.deleteOne && timestamp === undefined)
    throw invalid('Timestamp must be given when type is DELETE_ONE_VERSION.');
  if (type === CELL_OPERATION.deleteAll && timestamp !== undefined)
    throw invalid('Timestamp cannot be given when type is DELETE_ALL_VERSION.');
}
