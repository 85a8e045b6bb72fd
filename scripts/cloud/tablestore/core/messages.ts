import {
  boolean,
  bytes,
  integer,
  message,
  optional,
  repeated,
  required,
  text,
} from './protobuf.ts';

// The messages of API version 2015-12-31 that the emulator reads and writes; a field that it has no use
// for is left out, and skipped when it comes.

export const ErrorMessage = { code: required(1, text), message: optional(2, text) };

export const CapacityUnit = { read: optional(1, integer), write: optional(2, integer) };
/** ConsumedCapacity and ReservedThroughput alike. */
export const Capacity = { capacityUnit: required(1, message(CapacityUnit)) };
export const ReservedThroughputDetails = {
  capacityUnit: required(1, message(CapacityUnit)),
  /** Seconds since the epoch. */
  lastIncreaseTime: required(2, integer),
};

export const KeyColumnSchema = {
  name: required(1, text),
  type: required(2, integer),
  option: optional(3, integer),
};
export const DefinedColumnSchema = { name: required(1, text), type: required(2, integer) };
export const TableMeta = {
  tableName: required(1, text),
  primaryKey: repeated(2, message(KeyColumnSchema)),
  definedColumns: repeated(3, message(DefinedColumnSchema)),
};
export const TableOptions = {
  /** Seconds; -1 keeps data for ever. */
  timeToLive: optional(1, integer),
  maxVersions: optional(2, integer),
  bloomFilterType: optional(3, integer),
  blockSize: optional(4, integer),
  deviationSeconds: optional(5, integer),
  allowUpdate: optional(6, boolean),
};

export const Condition = {
  rowExistence: required(1, integer),
  columnCondition: optional(2, bytes),
};
export const ReturnContent = {
  returnType: optional(1, integer),
  columnNames: repeated(2, text),
};
export const TimeRange = {
  startTime: optional(1, integer),
  endTime: optional(2, integer),
  specificTime: optional(3, integer),
};

export const Filter = { type: required(1, integer), filter: required(2, bytes) };
export const SingleColumnFilter = {
  comparator: required(1, integer),
  columnName: required(2, text),
  /** A value without a row around it: its type, then its data. */
  columnValue: required(3, bytes),
  filterIfMissing: required(4, boolean),
  latestVersionOnly: required(5, boolean),
};
export const CompositeFilter = {
  combinator: required(1, integer),
  subFilters: repeated(2, message(Filter)),
};
export const PaginationFilter = { offset: required(1, integer), limit: required(2, integer) };

export const NoFields = {};
export const TableName = { tableName: required(1, text) };

export const CreateTableRequest = {
  tableMeta: required(1, message(TableMeta)),
  reservedThroughput: required(2, message(Capacity)),
  tableOptions: optional(3, message(TableOptions)),
};
export const ListTableResponse = { tableNames: repeated(1, text) };
export const DescribeTableResponse = {
  tableMeta: required(1, message(TableMeta)),
  details: required(2, message(ReservedThroughputDetails)),
  tableOptions: required(3, message(TableOptions)),
  status: required(4, integer),
};
export const UpdateTableRequest = {
  tableName: required(1, text),
  reservedThroughput: optional(2, message(Capacity)),
  tableOptions: optional(3, message(TableOptions)),
};
export const UpdateTableResponse = {
  details: required(1, message(ReservedThroughputDetails)),
  tableOptions: required(2, message(TableOptions)),
};

export const GetRowRequest = {
  tableName: required(1, text),
  primaryKey: required(2, bytes),
  columnsToGet: repeated(3, text),
  timeRange: optional(4, message(TimeRange)),
  maxVersions: optional(5, integer),
  filter: optional(7, bytes),
  startColumn: optional(8, text),
  endColumn: optional(9, text),
};
export const RowResponse = {
  consumed: required(1, message(Capacity)),
  row: optional(2, bytes),
};
/** PutRow, UpdateRow and DeleteRow alike. */
export const WriteRowRequest = {
  tableName: required(1, text),
  row: required(2, bytes),
  condition: required(3, message(Condition)),
  returnContent: optional(4, message(ReturnContent)),
};

export const GetRangeRequest = {
  tableName: required(1, text),
  direction: required(2, integer),
  columnsToGet: repeated(3, text),
  timeRange: optional(4, message(TimeRange)),
  maxVersions: optional(5, integer),
  limit: optional(6, integer),
  inclusiveStart: required(7, bytes),
  exclusiveEnd: required(8, bytes),
  filter: optional(10, bytes),
  startColumn: optional(11, text),
  endColumn: optional(12, text),
};
export const GetRangeResponse = {
  consumed: required(1, message(Capacity)),
  rows: required(2, bytes),
  nextStart: optional(3, bytes),
};

const GetRowsOfTable = {
  tableName: required(1, text),
  primaryKeys: repeated(2, bytes),
  columnsToGet: repeated(4, text),
  timeRange: optional(5, message(TimeRange)),
  maxVersions: optional(6, integer),
  filter: optional(8, bytes),
  startColumn: optional(9, text),
  endColumn: optional(10, text),
};
export const BatchGetRowRequest = { tables: repeated(1, message(GetRowsOfTable)) };

const WriteRowOfTable = {
  type: required(1, integer),
  row: required(2, bytes),
  condition: optional(3, message(Condition)),
  returnContent: optional(4, message(ReturnContent)),
};
const WriteRowsOfTable = {
  tableName: required(1, text),
  rows: repeated(2, message(WriteRowOfTable)),
};
export const BatchWriteRowRequest = { tables: repeated(1, message(WriteRowsOfTable)) };

export const RowInBatch = {
  isOk: required(1, boolean),
  error: optional(2, message(ErrorMessage)),
  consumed: optional(3, message(Capacity)),
  row: optional(4, bytes),
};
const RowsOfTable = { tableName: required(1, text), rows: repeated(2, message(RowInBatch)) };
/** BatchGetRow and BatchWriteRow alike. */
export const BatchResponse = { tables: repeated(1, message(RowsOfTable)) };
