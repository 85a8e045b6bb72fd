import { batchGetRow } from './batch-get-row.ts';
import { batchWriteRow } from './batch-write-row.ts';
import { createTable } from './create-table.ts';
import { deleteRow } from './delete-row.ts';
import { deleteTable } from './delete-table.ts';
import { describeTable } from './describe-table.ts';
import { getRange } from './get-range.ts';
import { getRow } from './get-row.ts';
import { listTable } from './list-table.ts';
import type { Operation } from './operation.ts';
import { putRow } from './put-row.ts';
import { updateRow } from './update-row.ts';
import { updateTable } from './update-table.ts';

/** Every operation, by the path it is asked for at. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['/CreateTable', createTable],
  ['/ListTable', listTable],
  ['/DescribeTable', describeTable],
  ['/UpdateTable', updateTable],
  ['/DeleteTable', deleteTable],
  ['/GetRow', getRow],
  ['/PutRow', putRow],
  ['/UpdateRow', updateRow],
  ['/DeleteRow', deleteRow],
  ['/GetRange', getRange],
  ['/BatchGetRow', batchGetRow],
  ['/BatchWriteRow', batchWriteRow],
]);
