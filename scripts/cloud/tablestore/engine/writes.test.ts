import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BatchResponse,
  BatchWriteRowRequest,
  CompositeFilter,
  Filter,
  GetRangeRequest,
  GetRowRequest,
  SingleColumnFilter,
  WriteRowRequest,
} from '../core/messages.ts';
import { CELL_OPERATION, type PlainRow } from '../core/plain-buffer.ts';
import { decodeMessage, encodeMessage, type Message } from '../core/protobuf.ts';
import { INF_MIN } from '../core/value.ts';
import { writeRows } from '../core/write-plain-buffer.ts';
import { openService, type Service } from '../testing/service.ts';
import { errorOf, send } from '../testing/wire-client.ts';

// Requests that the SDK cannot be made to send.

let service: Service;
let tableName: string;
beforeAll(async () => {
  service = await openService();
  tableName = await service.table([{ name: 'id', type: 'STRING' }]);
});
afterAll(() => service.close());

const KEY = [{ name: 'id', value: 'a' }];
const row = (more: Partial<PlainRow> = {}): PlainRow => ({
  key: KEY,
  cells: [],
  deleteMarker: false,
  ...more,
});
const write = async (
  operation: 'PutRow' | 'UpdateRow' | 'DeleteRow',
  change: PlainRow,
  more: Partial<Message<typeof WriteRowRequest>> = {},
) => {
  const body = encodeMessage(WriteRowRequest, {
    tableName,
    row: writeRows([change]),
    condition: { rowExistence: 0 },
    ...more,
  });
  return errorOf(await send(service, operation, body)).message;
};
const get = async (more: Partial<Message<typeof GetRowRequest>>) => {
  const body = encodeMessage(GetRowRequest, {
    tableName,
    primaryKey: writeRows([row()]),
    columnsToGet: [],
    maxVersions: 1,
    ...more,
  });
  return errorOf(await send(service, 'GetRow', body)).message;
};

describe('a write', () => {
  it.each([
    [
      'of a deletion that says not so',
      'DeleteRow',
      row(),
      'Invalid request of delete row: missing RowDeleteMarker in request.',
    ],
    [
      'of a deletion with columns',
      'DeleteRow',
      row({ deleteMarker: true, cells: [{ name: 'c', value: 'x' }] }),
      'Invalid delete row request: unexpected cells in request.',
    ],
    [
      'of a row that says to be deleted',
      'PutRow',
      row({ deleteMarker: true }),
      'Invalid request of put/update row: unexpected RowDeleteMarker in request.',
    ],
    [
      'of a change that says to be a deletion',
      'UpdateRow',
      row({ deleteMarker: true, cells: [{ name: 'c', value: 'x' }] }),
      'Invalid request of put/update row: unexpected RowDeleteMarker in request.',
    ],
    [
      'of an operation in PutRow',
      'PutRow',
      row({ cells: [{ name: 'c', value: 1n, operation: CELL_OPERATION.increment }] }),
      'OpType cannot be given for column name:c in PutRow.',
    ],
    [
      'of no value in PutRow',
      'PutRow',
      row({ cells: [{ name: 'c' }] }),
      'Invalid request of put row: find cells without values.',
    ],
    [
      'of no value in UpdateRow',
      'UpdateRow',
      row({ cells: [{ name: 'c' }] }),
      'Invalid cell: c. Reason: missing value.',
    ],
    [
      'of a value to delete',
      'UpdateRow',
      row({ cells: [{ name: 'c', value: 'x', operation: CELL_OPERATION.deleteAll }] }),
      'Column value cannot be given when type is DELETE_ONE_VERSION,DELETE_ALL_VERSION.',
    ],
    [
      'of a version to delete without its time',
      'UpdateRow',
      row({ cells: [{ name: 'c', operation: CELL_OPERATION.deleteOne }] }),
      'Timestamp must be given when type is DELETE_ONE_VERSION.',
    ],
    [
      'of all versions to delete with a time',
      'UpdateRow',
      row({ cells: [{ name: 'c', operation: CELL_OPERATION.deleteAll, timestamp: 1 }] }),
      'Timestamp cannot be given when type is DELETE_ALL_VERSION.',
    ],
    [
      'of an end of a range',
      'PutRow',
      row({ cells: [{ name: 'c', value: INF_MIN }] }),
      'data format is invalid, unknown variant type occured.',
    ],
    [
      'before the epoch',
      'PutRow',
      row({ cells: [{ name: 'c', value: 'x', timestamp: -1 }] }),
      'Invalid cell timestamp: -1. Expect: [0, Version::kMax.mVersion / kUsecPerMsec]..',
    ],
    [
      'without a name',
      'PutRow',
      row({ cells: [{ name: '', value: 'x' }] }),
      'Invalid column name: .',
    ],
    [
      'of a key with a time',
      'PutRow',
      row({ key: [{ name: 'id', value: 'a', timestamp: 1 }] }),
      'Timestamp cannot be given for primary key name:id.',
    ],
    [
      'of a key without a value',
      'PutRow',
      row({ key: [{ name: 'id' }] }),
      'No value is given for primary key name:id.',
    ],
    [
      'of a key with an operation',
      'PutRow',
      row({ key: [{ name: 'id', value: 'a', operation: CELL_OPERATION.increment }] }),
      'OpType cannot be given for primary key name :id.',
    ],
  ] as const)('is refused %s', async (_what, operation, change, message) => {
    expect(await write(operation, change)).toBe(message);
  });

  it('is refused with a condition or a return type that does not exist', async () => {
    expect(await write('PutRow', row(), { condition: { rowExistence: 3 } })).toBe(
      'Invalid row-existence expectation: 3.',
    );
    const returnContent = { returnType: 9, columnNames: [] };
    expect(await write('PutRow', row(), { returnContent })).toBe('Invalid return type: 9.');
  });

  it('is refused for its table, then its key, then itself, then its condition', async () => {
    const fails = { condition: { rowExistence: 1 } };
    const wrongKey = row({ key: [{ name: 'key', value: 'a' }], deleteMarker: true });
    expect(await write('PutRow', wrongKey, { ...fails, tableName: 'nowhere' })).toBe(
      'Requested table does not exist.',
    );
    expect(await write('PutRow', wrongKey, fails)).toBe('Primary key schema mismatch.');
    expect(await write('PutRow', row({ deleteMarker: true }), fails)).toContain('RowDeleteMarker');
    expect(await write('PutRow', row(), fails)).toBe('Condition check failed.');
  });
});

describe('a read', () => {
  it('is refused with columns or a deletion in its key', async () => {
    const withCells = writeRows([row({ cells: [{ name: 'c', value: 'x' }] })]);
    expect(await get({ primaryKey: withCells })).toBe(
      'Attribute column cannot be given while reading data.',
    );
    expect(await get({ primaryKey: writeRows([row({ deleteMarker: true })]) })).toBe(
      'Delete marker cannot be given.',
    );
  });

  it('is refused without a word on versions', async () => {
    expect(await get({ maxVersions: undefined })).toBe(
      'No version condition is specified while querying row.',
    );
    expect(await get({ timeRange: { specificTime: -1 } })).toBe(
      'Specific timestamp cannot be less than 0.',
    );
    expect(await get({ timeRange: { specificTime: 1, startTime: 1, endTime: 2 } })).toBe(
      'Specific tiemstamp and time range cannot be given at the same time.',
    );
  });

  const single = (comparator: number, value = Uint8Array.of(2, 1)): Message<typeof Filter> => ({
    type: 1,
    filter: encodeMessage(SingleColumnFilter, {
      comparator,
      columnName: 'c',
      columnValue: value,
      filterIfMissing: true,
      latestVersionOnly: true,
    }),
  });
  const composite = (
    combinator: number,
    ...subFilters: Message<typeof Filter>[]
  ): Message<typeof Filter> => ({
    type: 2,
    filter: encodeMessage(CompositeFilter, { combinator, subFilters }),
  });
  const nested = (depth: number): Message<typeof Filter> =>
    depth === 0 ? single(1) : composite(1, nested(depth - 1));

  it.each([
    [
      'no filter at all',
      { type: 1, filter: Uint8Array.of(9) },
      'Deserialize relation filter failed.',
    ],
    ['an unknown type', { type: 7, filter: new Uint8Array() }, 'Invalid type of filter: 7.'],
    ['an unknown comparator', single(9), 'Invalid relation operator: 9.'],
    [
      'the end of a range as its value',
      single(1, Uint8Array.of(9)),
      'Deserialize relation filter failed.',
    ],
    ['an unknown combinator', composite(4, single(1)), 'Invalid logical operator: 4.'],
    [
      'a page within another',
      composite(1, { type: 3, filter: new Uint8Array() }),
      'Invalid type of filter: 3.',
    ],
    ['filters within filters without end', nested(500), 'Deserialize composite filter failed.'],
  ])('is refused with %s', async (_what, filter, message) => {
    expect(await get({ filter: encodeMessage(Filter, filter) })).toBe(message);
  });

  it('is refused in a direction that does not exist', async () => {
    const body = encodeMessage(GetRangeRequest, {
      tableName,
      direction: 2,
      columnsToGet: [],
      maxVersions: 1,
      inclusiveStart: writeRows([row()]),
      exclusiveEnd: writeRows([row()]),
    });
    expect(errorOf(await send(service, 'GetRange', body)).message).toBe('Invalid direction: 2.');
  });
});

describe('a batch', () => {
  const batch = async (tables: Message<typeof BatchWriteRowRequest>['tables']) =>
    send(service, 'BatchWriteRow', encodeMessage(BatchWriteRowRequest, { tables }));

  it('is refused without tables, or with a kind of write that does not exist', async () => {
    expect(errorOf(await batch([])).message).toBe('No row is specified in BatchWriteRow.');
    const rows = [{ type: 4, row: writeRows([row()]) }];
    expect(errorOf(await batch([{ tableName, rows }])).message).toBe(
      'The type of row in batch write operation is invalid.',
    );
  });

  it('may leave out a condition, and keeps garbled rows from no other', async () => {
    const answer = await batch([
      {
        tableName,
        rows: [
          { type: 1, row: Uint8Array.of(1, 2, 3, 4, 5) },
          { type: 1, row: writeRows([row({ key: [{ name: 'id', value: 'b' }] })]) },
        ],
      },
    ]);
    const [table] = decodeMessage(BatchResponse, answer.body).tables;
    expect(table?.rows.map(({ isOk, error }) => [isOk, error?.code])).toEqual([
      [false, 'OTSParameterInvalid'],
      [true, undefined],
    ]);
  });
});
