import { invalid } from '../core/errors.ts';
import { RowResponse, WriteRowRequest } from '../core/messages.ts';
import { AUTO_INCREMENT } from '../core/value.ts';
import { operation } from './operation.ts';
import { type Write, writeRow } from './write-row.ts';

/** Deletes a row; that there is none is no fault. */
export const remove: Write = {
  check({ key, cells, deleteMarker }) {
    if (!deleteMarker)
      throw invalid('Invalid request of delete row: missing RowDeleteMarker in request.');
    if (cells.length > 0) throw invalid('Invalid delete row request: unexpected cells in request.');
    if (key.some(({ value }) => value === AUTO_INCREMENT))
      throw invalid('Invalid row to delete which with pk auto increment.');
  },
  apply: () => ({ row: undefined, put: [] }),
};

/** Deletes one row. */
export const deleteRow = operation(WriteRowRequest, RowResponse, (request, context) =>
  writeRow(remove, request.tableName, request, context),
);
