import { consumed } from '../core/capacity.ts';
import { invalid } from '../core/errors.ts';
import { checkBound } from '../core/key.ts';
import { GetRangeRequest, GetRangeResponse } from '../core/messages.ts';
import { parseQuery, select } from '../core/query.ts';
import { checkRange, readPage } from '../core/range.ts';
import { readRow } from '../core/read-plain-buffer.ts';
import { toPlainRow } from '../core/row.ts';
import { writeRows } from '../core/write-plain-buffer.ts';
import { operation } from './operation.ts';

/** Reads a page of the rows between two keys, in either direction. */
export const getRange = operation(GetRangeRequest, GetRangeResponse, (request, context) => {
  const table = context.tables.get(request.tableName);
  const { description, keyNames } = table;
  const range = {
    direction: request.direction,
    start: checkBound(description.keyColumns, readRow(request.inclusiveStart).key),
    end: checkBound(description.keyColumns, readRow(request.exclusiveEnd).key),
  };
  checkRange(range);
  const { limit = Infinity } = request;
  if (limit <= 0) throw invalid('The limit must be greater than 0.');
  const query = parseQuery(request, description.options.maxVersions);
  const page = readPage(table, range, limit, (row) =>
    select(table.alive(row, context.now), keyNames, query),
  );
  return {
    consumed: consumed({ read: page.bytes }),
    rows: writeRows(page.rows.map(({ row, columns }) => toPlainRow(keyNames, row.key, columns))),
    nextStart: page.next && writeRows([toPlainRow(keyNames, page.next.key, [])]),
  };
});
