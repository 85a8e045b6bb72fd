import { checkMeta, checkOptions, checkThroughput } from '../core/check-table.ts';
import { TablestoreError } from '../core/errors.ts';
import { MAX_TABLES } from '../core/limits.ts';
import { CreateTableRequest, NoFields } from '../core/messages.ts';
import { operation } from './operation.ts';

/** Creates a table, which can be used at once. */
export const createTable = operation(CreateTableRequest, NoFields, (request, context) => {
  const { tables, now, change } = context;
  const description = {
    ...checkMeta(request.tableMeta),
    options: checkOptions(request.tableOptions ?? {}),
    throughput: checkThroughput(request.reservedThroughput.capacityUnit),
    throughputChanged: Math.floor(now / 1000),
  };
  if (tables.has(description.name))
    throw new TablestoreError('OTSObjectAlreadyExist', 'Requested table already exists.');
  if (tables.size >= MAX_TABLES)
    throw new TablestoreError('OTSQuotaExhausted', 'Number of tables exceeded the quota.');
  change({ type: 'describe-table', description, lastKey: 0 });
  return {};
});
