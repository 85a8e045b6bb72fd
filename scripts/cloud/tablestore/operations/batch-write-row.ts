import { invalid } from '../core/errors.ts';
import { MAX_ROWS_PER_BATCH_WRITE } from '../core/limits.ts';
import { BatchResponse, BatchWriteRowRequest } from '../core/messages.ts';
import { checkBatch, inBatch } from './batch.ts';
import { remove } from './delete-row.ts';
import { operation } from './operation.ts';
import { put } from './put-row.ts';
import { update } from './update-row.ts';
import { type Write, writeRow } from './write-row.ts';

const WRITES: Readonly<Record<number, Write>> = { 1: put, 2: update, 3: remove };

/** Writes rows of several tables, each by itself and in order: there is no transaction around them. */
export const batchWriteRow = operation(
  BatchWriteRowRequest,
  BatchResponse,
  ({ tables }, context) => {
    if (tables.length === 0) throw invalid('No row is specified in BatchWriteRow.');
    checkBatch(
      tables.map(({ tableName, rows }) => ({ tableName, rows: rows.length })),
      MAX_ROWS_PER_BATCH_WRITE,
    );
    if (tables.some(({ rows }) => rows.some(({ type }) => !WRITES[type])))
      throw invalid('The type of row in batch write operation is invalid.');
    return {
      tables: tables.map(({ tableName, rows }) => ({
        tableName,
        rows: rows.map((row) =>
          inBatch(() => writeRow(WRITES[row.type] ?? put, tableName, row, context)),
        ),
      })),
    };
  },
);
