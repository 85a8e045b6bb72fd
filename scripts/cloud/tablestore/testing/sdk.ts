import { createRequire } from 'node:module';

// The official SDK, which has no types of its own: what the tests use of it.

/** An INTEGER as the SDK gives it. */
export interface Long {
  toNumber(): number;
  toString(): string;
}

export interface KeyCell {
  readonly name: string;
  readonly value: string | Long | Buffer;
}

export interface AttributeCell {
  readonly columnName: string;
  readonly columnValue: string | number | boolean | Long | Buffer;
  readonly timestamp: Long;
}

export interface SdkRow {
  readonly primaryKey?: readonly KeyCell[] | null;
  readonly attributes?: readonly AttributeCell[] | null;
}

export interface BatchedRow extends SdkRow {
  readonly isOk: boolean;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly tableName: string;
}

interface Consumed {
  readonly capacityUnit: { readonly read: number; readonly write: number };
}

interface Answer {
  readonly RequestId: string;
  readonly consumed: Consumed;
}

export interface TableAnswer {
  readonly tableMeta: {
    readonly tableName: string;
    readonly primaryKey: readonly { name: string; type: number; option: number }[];
    readonly definedColumn: readonly { name: string; type: number }[];
  };
  readonly tableOptions: {
    readonly timeToLive: number;
    readonly maxVersions: number;
    readonly deviationCellVersionInSec: Long;
    readonly allowUpdate: boolean;
  };
  readonly reservedThroughputDetails: {
    readonly capacityUnit: { readonly read: number; readonly write: number };
    readonly lastIncreaseTime: Long;
  };
  readonly tableStatus: number;
}

/** What an operation takes is the SDK's affair; a wrong one fails the test that sends it. */
type Parameters = Readonly<Record<string, unknown>>;

export interface Client {
  createTable(parameters: Parameters): Promise<Answer>;
  listTable(parameters: Parameters): Promise<Answer & { tableNames: readonly string[] }>;
  describeTable(parameters: Parameters): Promise<Answer & TableAnswer>;
  updateTable(parameters: Parameters): Promise<Answer & TableAnswer>;
  deleteTable(parameters: Parameters): Promise<Answer>;
  putRow(parameters: Parameters): Promise<Answer & { row: SdkRow }>;
  getRow(parameters: Parameters): Promise<Answer & { row: SdkRow }>;
  updateRow(parameters: Parameters): Promise<Answer & { row: SdkRow }>;
  deleteRow(parameters: Parameters): Promise<Answer & { row: SdkRow }>;
  getRange(
    parameters: Parameters,
  ): Promise<Answer & { rows: readonly SdkRow[]; nextStartPrimaryKey: readonly KeyCell[] | null }>;
  batchGetRow(parameters: Parameters): Promise<{ tables: readonly (readonly BatchedRow[])[] }>;
  batchWriteRow(parameters: Parameters): Promise<{ tables: readonly BatchedRow[] }>;
  listSearchIndex(parameters: Parameters): Promise<unknown>;
}

interface Composite {
  addSubCondition(condition: unknown): void;
}

export interface Sdk {
  readonly Client: new (options: Parameters) => Client;
  readonly Condition: new (existence: number, column?: unknown) => object;
  readonly SingleColumnCondition: new (
    name: string,
    value: unknown,
    comparator: number,
    passIfMissing?: boolean,
    latestVersionOnly?: boolean,
  ) => object;
  readonly CompositeCondition: new (combinator: number) => Composite;
  readonly ColumnPaginationFilter: new (limit: number, offset: number) => object;
  readonly RowExistenceExpectation: Record<'IGNORE' | 'EXPECT_EXIST' | 'EXPECT_NOT_EXIST', number>;
  readonly ComparatorType: Record<
    'EQUAL' | 'NOT_EQUAL' | 'GREATER_THAN' | 'GREATER_EQUAL' | 'LESS_THAN' | 'LESS_EQUAL',
    number
  >;
  readonly LogicalOperator: Record<'NOT' | 'AND' | 'OR', number>;
  readonly Direction: Record<'FORWARD' | 'BACKWARD', string>;
  readonly ReturnType: Record<'NONE' | 'Primarykey' | 'AfterModify', number>;
  readonly Long: { fromNumber(value: number): Long; fromString(value: string): Long };
  readonly INF_MIN: object;
  readonly INF_MAX: object;
  readonly PK_AUTO_INCR: object;
}

export const TableStore = createRequire(import.meta.url)('tablestore') as Sdk;

/** An INTEGER for a request: a plain number is a DOUBLE. */
export const long = (value: number): Long => TableStore.Long.fromNumber(value);

const { IGNORE, EXPECT_EXIST, EXPECT_NOT_EXIST } = TableStore.RowExistenceExpectation;
export const ignore = (column?: unknown): object => new TableStore.Condition(IGNORE, column);
export const expectExist = (column?: unknown): object =>
  new TableStore.Condition(EXPECT_EXIST, column);
export const expectNotExist = (column?: unknown): object =>
  new TableStore.Condition(EXPECT_NOT_EXIST, column);

/** A composite condition of others. */
export function combine(
  operator: keyof Sdk['LogicalOperator'],
  ...conditions: readonly unknown[]
): object {
  const composite = new TableStore.CompositeCondition(TableStore.LogicalOperator[operator]);
  for (const condition of conditions) composite.addSubCondition(condition);
  return composite;
}

/** A key or columns of an answer as `{ name: value }`; INTEGERs as numbers, the newest version of each. */
export function plain(row: SdkRow | undefined): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { columnName, columnValue } of [...(row?.attributes ?? [])].toReversed())
    found[columnName] = plainValue(columnValue);
  return found;
}

export function plainKey(key: readonly KeyCell[] | null | undefined): unknown[] {
  return (key ?? []).map(({ value }) => plainValue(value));
}

function plainValue(value: unknown): unknown {
  return value !== null && typeof value === 'object' && 'toNumber' in value
    ? (value as Long).toNumber()
    : value;
}
