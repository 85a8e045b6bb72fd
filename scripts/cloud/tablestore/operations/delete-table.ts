import { NoFields, TableName } from '../core/messages.ts';
import { operation } from './operation.ts';

/** Deletes a table and its rows. */
export const deleteTable = operation(TableName, NoFields, ({ tableName }, { tables, change }) => {
  tables.get(tableName);
  change({ type: 'delete-table', table: tableName });
  return {};
});
