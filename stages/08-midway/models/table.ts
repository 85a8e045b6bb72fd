import TableStore, { type Cells, type Page, type Row as SdkRow, type Value } from 'tablestore';
import { conditionFailed, tableError } from './table-error.ts';

/** How long one call may take, and how often a read is tried again: together less than a request may take. */
const CALL_MILLISECONDS = 4_000;
const READ_RETRIES = 1;
/** As many rows as one BatchWriteRow takes. */
const MAX_ROWS_PER_BATCH = 200;

/** Where the table is and who may use it. */
export interface TableAddress {
  readonly endpoint: string;
  readonly instance: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/**
 * Reads where the table is from the environment.
 *
 * @example tableAddress(process.env).endpoint // 'https://todo.cn-hangzhou.ots.aliyuncs.com'
 */
export function tableAddress(environment: NodeJS.ProcessEnv): TableAddress {
  const missing: string[] = [];
  const read = (name: string): string => {
    const value = environment[name] ?? '';
    if (value === '') missing.push(name);
    return value;
  };
  const address = {
    endpoint: read('TABLESTORE_ENDPOINT'),
    instance: read('TABLESTORE_INSTANCE'),
    accessKeyId: read('TABLESTORE_ACCESS_KEY_ID'),
    accessKeySecret: read('TABLESTORE_ACCESS_KEY_SECRET'),
  };
  if (missing.length > 0)
    throw new Error(`${missing.join(', ')} not set: "npm start" brings a local table along`);
  return address;
}

/** The columns of a row by name. Numbers are whole ones. */
export type Row = Readonly<Record<string, string | number | boolean>>;
/** A row's key, its columns in the order of the table's. */
export type Key = Readonly<Record<string, string>>;

/** What a row has to be like for a write to happen. */
export type Expected =
  | 'anything'
  | 'absent'
  | { readonly column: string; readonly is: number; readonly orMissing?: true };

/** Tables of a Tablestore instance. Whatever keeps a call from being answered is an ApiError of 503. */
export interface Tables {
  /** Makes a table unless it is there. Rows end so many seconds after they were written; -1: never. */
  create(table: string, keyColumns: readonly string[], secondsToLive: number): Promise<void>;
  get(table: string, key: Key): Promise<Row | undefined>;
  /** Writes a whole row; false: the row is not as expected, and nothing was written. */
  put(table: string, key: Key, row: Row, expected: Expected): Promise<boolean>;
  /** Adds 1 to a number, as one step whoever else does the same, and answers with the sum. */
  increment(table: string, key: Key, column: string): Promise<number>;
  remove(table: string, keys: readonly Key[]): Promise<void>;
  /** Rows from one key up to another, in the order of their keys, page by page; of their columns only some. */
  range(
    table: string,
    from: Readonly<Record<string, string | object>>,
    to: Readonly<Record<string, string | object>>,
    options?: { readonly columns?: readonly string[]; readonly limit?: number },
  ): AsyncGenerator<Row>;
}

/** Before and after every value that a key can have. */
export const { INF_MIN: FIRST, INF_MAX: LAST } = TableStore;

// #region client
/**
 * Opens a client of the table. It connects with its first call.
 *
 * @example const tables = openTables(tableAddress(process.env));
 */
export function openTables(address: TableAddress): Tables {
  // The SDK calls Buffer() and url.parse(), and Node would warn of it at each start: nothing for us to mend.
  process.noDeprecation = true;
  const client = new TableStore.Client({
    endpoint: address.endpoint,
    instancename: address.instance,
    accessKeyId: address.accessKeyId,
    accessKeySecret: address.accessKeySecret,
    maxRetries: READ_RETRIES,
    httpOptions: { timeout: CALL_MILLISECONDS },
  });
  // #endregion client
  return {
    async create(tableName, keyColumns, timeToLive) {
      const primaryKey = keyColumns.map((name) => ({ name, type: 'STRING' }));
      try {
        await client.createTable({
          tableMeta: { tableName, primaryKey },
          reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
          tableOptions: { timeToLive, maxVersions: 1 },
        });
      } catch (error) {
        if (!(error as Error).message.includes('OTSObjectAlreadyExist')) throw tableError(error);
      }
    },

    async get(tableName, key) {
      const { row } = await client
        .getRow({ tableName, primaryKey: cells(key), maxVersions: 1 })
        .catch(rethrow);
      return row.primaryKey ? columns(row) : undefined;
    },

    async put(tableName, key, row, expected) {
      try {
        await client.putRow({
          tableName,
          primaryKey: cells(key),
          attributeColumns: cells(row),
          condition: conditionOf(expected),
        });
        return true;
      } catch (error) {
        if (conditionFailed(error)) return false;
        throw tableError(error);
      }
    },

    async increment(tableName, key, column) {
      const { row } = await client
        .updateRow({
          tableName,
          primaryKey: cells(key),
          condition: conditionOf('anything'),
          updateOfAttributeColumns: [{ INCREMENT: [{ [column]: TableStore.Long.fromNumber(1) }] }],
          returnContent: {
            returnType: TableStore.ReturnType.AfterModify,
            returnColumns: [column],
          },
        })
        .catch(rethrow);
      return Number(columns(row)[column]);
    },

    async remove(tableName, keys) {
      for (let start = 0; start < keys.length; start += MAX_ROWS_PER_BATCH) {
        const rows = keys.slice(start, start + MAX_ROWS_PER_BATCH).map((key) => ({
          type: 'DELETE',
          primaryKey: cells(key),
          condition: conditionOf('anything'),
        }));
        const { tables } = await client
          .batchWriteRow({ tables: [{ tableName, rows }] })
          .catch(rethrow);
        const failed = tables.find(({ isOk }) => !isOk);
        if (failed) throw tableError(new Error(`${failed.errorCode}: ${failed.errorMessage}`));
      }
    },

    async *range(tableName, from, to, { columns: columnsToGet, limit } = {}) {
      let start: Cells | undefined = cells(from);
      let left = limit ?? Infinity;
      while (start !== undefined && left > 0) {
        const page: Page = await client
          .getRange({
            tableName,
            direction: TableStore.Direction.FORWARD,
            inclusiveStartPrimaryKey: start,
            exclusiveEndPrimaryKey: cells(to),
            maxVersions: 1,
            ...(limit !== undefined && { limit: left }),
            ...(columnsToGet && { columnsToGet }),
          })
          .catch(rethrow);
        yield* page.rows.map(columns);
        left -= page.rows.length;
        start = page.nextStartPrimaryKey?.map(({ name, value }) => ({ [name]: value }));
      }
    },
  };
}

function rethrow(error: unknown): never {
  throw tableError(error);
}

function conditionOf(expected: Expected): object {
  const { IGNORE, EXPECT_NOT_EXIST } = TableStore.RowExistenceExpectation;
  if (expected === 'anything') return new TableStore.Condition(IGNORE, null);
  if (expected === 'absent') return new TableStore.Condition(EXPECT_NOT_EXIST, null);
  const { column, is, orMissing = false } = expected;
  const { EQUAL } = TableStore.ComparatorType;
  const value = TableStore.Long.fromNumber(is);
  // Of a row that is not there every column is missing.
  return new TableStore.Condition(
    IGNORE,
    new TableStore.SingleColumnCondition(column, value, EQUAL, orMissing),
  );
}

/** As the SDK takes them: an object for each, whole numbers marked as such. */
function cells(named: Readonly<Record<string, string | number | boolean | object>>): Cells {
  return Object.entries(named).map(([name, value]) => ({
    [name]: typeof value === 'number' ? TableStore.Long.fromNumber(value) : value,
  }));
}

/** Key and columns of an answer by name. */
function columns({ primaryKey, attributes }: SdkRow): Row {
  const named = [
    ...(primaryKey ?? []).map(({ name, value }) => [name, value] as const),
    ...(attributes ?? []).map(({ columnName, columnValue }) => [columnName, columnValue] as const),
  ];
  return Object.fromEntries(named.map(([name, value]) => [name, plain(value)]));
}

function plain(value: Value): string | number | boolean {
  return typeof value === 'object' ? value.toNumber() : value;
}
