import { consumed } from '../core/capacity.ts';
import { invalid, TablestoreError } from '../core/errors.ts';
import { parseColumnCondition, passes } from '../core/filter.ts';
import { checkWrittenKey, type WrittenKey } from '../core/key.ts';
import type { Condition, ReturnContent, RowResponse } from '../core/messages.ts';
import type { PlainRow } from '../core/plain-buffer.ts';
import type { Message } from '../core/protobuf.ts';
import { readRow } from '../core/read-plain-buffer.ts';
import { type Column, columnsBytes, keyBytes, type Row, toPlainRow } from '../core/row.ts';
import type { Table } from '../core/table.ts';
import { AUTO_INCREMENT, type Key } from '../core/value.ts';
import { writeRows } from '../core/write-plain-buffer.ts';
import type { Context } from './operation.ts';

const EXISTENCE = ['IGNORE', 'EXPECT_EXIST', 'EXPECT_NOT_EXIST'];
const [IGNORE, EXPECT_EXIST, EXPECT_NOT_EXIST] = [0, 1, 2];
const RETURN = { none: 0, key: 1, afterModify: 2 } as const;

/** What PutRow, UpdateRow and DeleteRow differ in. */
export interface Write {
  /** Checks the change as such, before any row is looked at. */
  check(change: PlainRow, table: Table, now: number): void;
  /** The row that is there afterwards, if any, and the columns that were put. */
  apply(
    change: PlainRow,
    on: {
      readonly table: Table;
      readonly key: Key;
      readonly before: Row | undefined;
      readonly now: number;
    },
  ): { readonly row: Row | undefined; readonly put: readonly Column[] };
}

/** A write request, by itself or in a batch. */
export interface WriteRequest {
  readonly row: Uint8Array;
  readonly condition?: Message<typeof Condition> | undefined;
  readonly returnContent?: Message<typeof ReturnContent> | undefined;
}

/**
 * Writes one row. The order of checks decides which error a request with several faults gets, and is the
 * service's: the table, the row's encoding, its key, the change as such, what it wants back, its condition.
 *
 * @example writeRow(put, 'todos', request, context)
 */
export function writeRow(
  write: Write,
  tableName: string,
  { row: encoded, condition, returnContent }: WriteRequest,
  { tables, now, change }: Context,
): Message<typeof RowResponse> {
  const table = tables.get(tableName);
  const plain = readRow(encoded);
  const asked = checkWrittenKey(table.description.keyColumns, plain.key);
  write.check(plain, table, now);
  const returnType = returnContent?.returnType ?? RETURN.none;
  if (!Object.values(RETURN).some((known) => known === returnType))
    throw invalid(`Invalid return type: ${returnType}.`);

  const { key, lastKey } = chooseKey(table, asked, condition);
  const before = table.find(key, now);
  checkCondition(condition, before);
  const { row: after, put } = write.apply(plain, { table, key, before, now });

  if (after) change({ type: 'put-row', table: tableName, row: after, lastKey });
  else if (before) change({ type: 'delete-row', table: tableName, key });
  const wanted = new Set(returnContent?.columnNames);
  const columns =
    returnType === RETURN.afterModify ? put.filter(({ name }) => wanted.has(name)) : [];
  const conditional = condition?.rowExistence !== IGNORE || condition.columnCondition;
  return {
    consumed: consumed({
      write: keyBytes(key) + columnsBytes(put),
      ...(conditional && { read: before?.bytes ?? 0 }),
    }),
    ...(returnType !== RETURN.none && {
      row: writeRows([toPlainRow(table.keyNames, key, columns)]),
    }),
  };
}

/** Puts the next number where the table is to choose; such a row is new, so it can have no condition. */
function chooseKey(
  table: Table,
  asked: WrittenKey,
  condition: Message<typeof Condition> | undefined,
): { key: Key; lastKey?: number } {
  if (!asked.includes(AUTO_INCREMENT)) return { key: asked as Key };
  const existence = condition?.rowExistence ?? IGNORE;
  if (existence !== IGNORE)
    throw invalid(`Invalid expect:${EXISTENCE[existence]} when modify row with pk auto increment.`);
  if (condition?.columnCondition)
    throw invalid("Can't set condition when modify row with pk auto increment.");
  for (let lastKey = table.lastKey + 1; ; lastKey += 1) {
    const key = asked.map((value) => (value === AUTO_INCREMENT ? BigInt(lastKey) : value));
    // A client may have written a key of its own choice.
    if (!table.rows.get(key)) return { key, lastKey };
  }
}

function checkCondition(
  condition: Message<typeof Condition> | undefined,
  before: Row | undefined,
): void {
  if (!condition) return;
  const { rowExistence, columnCondition } = condition;
  if (!EXISTENCE[rowExistence])
    throw invalid(`Invalid row-existence expectation: ${rowExistence}.`);
  const filter = columnCondition && parseColumnCondition(columnCondition);
  const fails =
    (rowExistence === EXPECT_EXIST && !before) ||
    (rowExistence === EXPECT_NOT_EXIST && before) ||
    (filter && !passes(filter, before?.columns ?? []));
  if (fails) throw new TablestoreError('OTSConditionCheckFail', 'Condition check failed.');
}
