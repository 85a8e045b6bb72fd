import { changeRow } from '../core/change-row.ts';
import { invalid } from '../core/errors.ts';
import { RowResponse, WriteRowRequest } from '../core/messages.ts';
import { checkCells } from './check-cells.ts';
import { operation } from './operation.ts';
import { type Write, writeRow } from './write-row.ts';

/** Puts a whole row: what was there is gone, columns that the new one lacks included. */
export const put: Write = {
  check({ cells, deleteMarker }, table, now) {
    if (deleteMarker)
      throw invalid('Invalid request of put/update row: unexpected RowDeleteMarker in request.');
    for (const { name, value, operation: type } of cells) {
      if (type !== undefined)
        throw invalid(`OpType cannot be given for column name:${name} in PutRow.`);
      if (value === undefined)
        throw invalid('Invalid request of put row: find cells without values.');
    }
    checkCells(cells, table, now);
  },
  apply({ cells }, { table, key, now }) {
    const { maxVersions } = table.description.options;
    return changeRow(key, undefined, cells, { maxVersions, now });
  },
};

/** Puts one row in the place of the one with its key, if there is one. */
export const putRow = operation(WriteRowRequest, RowResponse, (request, context) =>
  writeRow(put, request.tableName, request, context),
);
