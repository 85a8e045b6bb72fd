import { checkOptions, checkThroughput } from '../core/check-table.ts';
import { invalid } from '../core/errors.ts';
import { UpdateTableRequest, UpdateTableResponse } from '../core/messages.ts';
import { operation } from './operation.ts';
import { throughputDetails } from './table-details.ts';

/** Changes a table's options and throughput, of which what is not named stays. */
export const updateTable = operation(
  UpdateTableRequest,
  UpdateTableResponse,
  ({ tableName, reservedThroughput, tableOptions = {} }, { tables, now, change }) => {
    const { description: before, lastKey } = tables.get(tableName);
    if (!reservedThroughput && Object.keys(tableOptions).length === 0)
      throw invalid('No parameter is specified in table options.');
    const description = {
      ...before,
      options: checkOptions(tableOptions, before.options),
      ...(reservedThroughput && {
        throughput: checkThroughput(reservedThroughput.capacityUnit, before.throughput),
        throughputChanged: Math.floor(now / 1000),
      }),
    };
    change({ type: 'describe-table', description, lastKey });
    return { details: throughputDetails(description), tableOptions: description.options };
  },
);
