import { DescribeTableResponse, TableName } from '../core/messages.ts';
import { operation } from './operation.ts';
import { throughputDetails } from './table-details.ts';

const ACTIVE = 1;

/** Says how a table was made. */
export const describeTable = operation(
  TableName,
  DescribeTableResponse,
  ({ tableName }, { tables }) => {
    const { description } = tables.get(tableName);
    return {
      tableMeta: {
        tableName,
        primaryKey: description.keyColumns,
        definedColumns: description.definedColumns,
      },
      details: throughputDetails(description),
      tableOptions: description.options,
      status: ACTIVE,
    };
  },
);
