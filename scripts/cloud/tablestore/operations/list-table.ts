import { ListTableResponse, NoFields } from '../core/messages.ts';
import { operation } from './operation.ts';

/** Names all tables, in order. */
export const listTable = operation(NoFields, ListTableResponse, (_request, { tables }) => ({
  tableNames: tables.names(),
}));
