import {
  Capacity,
  DefinedColumnSchema,
  KeyColumnSchema,
  TableName,
  TableOptions,
} from './messages.ts';
import {
  bytes,
  decodeMessage,
  encodeMessage,
  integer,
  type Message,
  message,
  optional,
  repeated,
  required,
  text,
} from './protobuf.ts';
import { readRow } from './read-plain-buffer.ts';
import { makeRow, type Row, toPlainRow, type Version } from './row.ts';
import type { Effect } from './tables.ts';
import type { ColumnValue, KeyValue } from './value.ts';
import { writeRows } from './write-plain-buffer.ts';

// What a log keeps: effects, in the same encodings as the wire. Key columns go without their names.

const DescribedTable = {
  name: required(1, text),
  keyColumns: repeated(2, message(KeyColumnSchema)),
  definedColumns: repeated(3, message(DefinedColumnSchema)),
  options: required(4, message(TableOptions)),
  throughput: required(5, message(Capacity)),
  throughputChanged: required(6, integer),
  lastKey: required(7, integer),
};
const RowOfTable = {
  table: required(1, text),
  row: required(2, bytes),
  lastKey: optional(3, integer),
};
const EffectMessage = {
  describeTable: optional(1, message(DescribedTable)),
  deleteTable: optional(2, message(TableName)),
  putRow: optional(3, message(RowOfTable)),
  deleteRow: optional(4, message(RowOfTable)),
};
const Record = { effects: repeated(1, message(EffectMessage)) };

/**
 * Effects as one record of a log: all of them are there after a crash, or none.
 *
 * @example log.append(encodeRecord([{ type: 'delete-row', table: 'todos', key: ['a'] }]))
 */
export function encodeRecord(effects: readonly Effect[]): Uint8Array {
  return encodeMessage(Record, { effects: effects.map(toMessage) });
}

/**
 * The effects in a record; throws when it is none.
 *
 * @example for (const effect of decodeRecord(record)) tables.apply(effect);
 */
export function decodeRecord(record: Uint8Array): Effect[] {
  return decodeMessage(Record, record).effects.map(fromMessage);
}

function toMessage(effect: Effect): Message<typeof EffectMessage> {
  switch (effect.type) {
    case 'describe-table': {
      const { options, throughput, ...described } = effect.description;
      return {
        describeTable: {
          ...described,
          options,
          throughput: { capacityUnit: throughput },
          lastKey: effect.lastKey,
        },
      };
    }
    case 'delete-table':
      return { deleteTable: { tableName: effect.table } };
    case 'put-row':
      return {
        putRow: { table: effect.table, row: encodeRow(effect.row), lastKey: effect.lastKey },
      };
    case 'delete-row':
      return {
        deleteRow: { table: effect.table, row: encodeRow(makeRow(effect.key, new Map())) },
      };
  }
}

function fromMessage(effect: Message<typeof EffectMessage>): Effect {
  const { describeTable, deleteTable, putRow, deleteRow } = effect;
  if (describeTable) {
    const { options, throughput, lastKey, ...described } = describeTable;
    const { timeToLive = -1, maxVersions = 1, deviationSeconds = 0, allowUpdate = true } = options;
    const { read = 0, write = 0 } = throughput.capacityUnit;
    return {
      type: 'describe-table',
      description: {
        ...described,
        options: { timeToLive, maxVersions, deviationSeconds, allowUpdate },
        throughput: { read, write },
      },
      lastKey,
    };
  }
  if (deleteTable) return { type: 'delete-table', table: deleteTable.tableName };
  if (putRow) {
    const { table, row, lastKey } = putRow;
    return { type: 'put-row', table, row: decodeRow(row), lastKey };
  }
  if (deleteRow)
    return { type: 'delete-row', table: deleteRow.table, key: decodeRow(deleteRow.row).key };
  throw new Error('an effect of no known type');
}

function encodeRow(row: Row): Uint8Array {
  return writeRows([
    toPlainRow(
      row.key.map(() => ''),
      row.key,
      row.columns,
    ),
  ]);
}

function decodeRow(encoded: Uint8Array): Row {
  const { key, cells } = readRow(encoded);
  const columns = new Map<string, Version[]>();
  for (const { name, value, timestamp = 0 } of cells) {
    const versions = columns.get(name) ?? [];
    versions.push({ timestamp, value: value as ColumnValue });
    columns.set(name, versions);
  }
  return makeRow(
    key.map(({ value }) => value as KeyValue),
    columns,
  );
}
