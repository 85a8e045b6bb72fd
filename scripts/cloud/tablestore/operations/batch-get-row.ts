import { invalid } from '../core/errors.ts';
import { MAX_ROWS_PER_BATCH_GET } from '../core/limits.ts';
import { BatchGetRowRequest, BatchResponse } from '../core/messages.ts';
import { checkBatch, inBatch } from './batch.ts';
import { readOne } from './get-row.ts';
import { operation } from './operation.ts';

/** Reads rows of several tables, each by itself. */
export const batchGetRow = operation(BatchGetRowRequest, BatchResponse, ({ tables }, context) => {
  if (tables.length === 0) throw invalid('No row specified in the request of BatchGetRow.');
  checkBatch(
    tables.map(({ tableName, primaryKeys }) => ({ tableName, rows: primaryKeys.length })),
    MAX_ROWS_PER_BATCH_GET,
  );
  return {
    tables: tables.map(({ tableName, primaryKeys, ...asked }) => ({
      tableName,
      rows: primaryKeys.map((key) => inBatch(() => readOne(tableName, key, asked, context))),
    })),
  };
});
