// The SDK has no types of its own: what this stage uses of it.
declare module 'tablestore' {
  /** An INTEGER as the SDK gives and takes it; a plain number is a DOUBLE. */
  interface Long {
    toNumber(): number;
  }

  type Value = string | boolean | number | Long;
  /** `[{ key: 'a1' }]`: one object for each column of the key, or of the row. */
  type Cells = readonly Readonly<Record<string, Value | symbol | object>>[];

  interface Row {
    readonly primaryKey?: readonly { readonly name: string; readonly value: Value }[] | null;
    readonly attributes?:
      | readonly { readonly columnName: string; readonly columnValue: Value }[]
      | null;
  }

  interface Change {
    readonly tableName: string;
    readonly primaryKey: Cells;
    readonly condition: object;
    readonly returnContent?: { readonly returnType: number; readonly returnColumns?: string[] };
  }

  interface RangeRequest {
    readonly tableName: string;
    readonly direction: string;
    readonly inclusiveStartPrimaryKey: Cells;
    readonly exclusiveEndPrimaryKey: Cells;
    readonly maxVersions: number;
    readonly limit?: number;
    readonly columnsToGet?: readonly string[];
  }

  interface Page {
    readonly rows: readonly Row[];
    readonly nextStartPrimaryKey:
      | readonly { readonly name: string; readonly value: Value }[]
      | null;
  }

  interface Client {
    createTable(request: object): Promise<unknown>;
    getRow(request: {
      readonly tableName: string;
      readonly primaryKey: Cells;
      readonly maxVersions: number;
    }): Promise<{ readonly row: Row }>;
    putRow(request: Change & { readonly attributeColumns: Cells }): Promise<unknown>;
    updateRow(
      request: Change & { readonly updateOfAttributeColumns: readonly object[] },
    ): Promise<{ readonly row: Row }>;
    getRange(request: RangeRequest): Promise<Page>;
    batchWriteRow(request: {
      readonly tables: readonly {
        readonly tableName: string;
        readonly rows: readonly (Omit<Change, 'tableName'> & { readonly type: string })[];
      }[];
    }): Promise<{
      readonly tables: readonly {
        readonly isOk: boolean;
        readonly errorCode: string | null;
        readonly errorMessage: string | null;
      }[];
    }>;
  }

  interface ClientOptions {
    readonly endpoint: string;
    readonly instancename: string;
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly maxRetries?: number;
    readonly httpOptions?: { readonly timeout?: number; readonly maxSockets?: number };
  }

  const TableStore: {
    readonly Client: new (options: ClientOptions) => Client;
    readonly Condition: new (existence: number, column: object | null) => object;
    readonly SingleColumnCondition: new (
      name: string,
      value: Value,
      comparator: number,
      passIfMissing: boolean,
    ) => object;
    readonly RowExistenceExpectation: Readonly<
      Record<'IGNORE' | 'EXPECT_EXIST' | 'EXPECT_NOT_EXIST', number>
    >;
    readonly ComparatorType: Readonly<Record<'EQUAL', number>>;
    readonly Direction: Readonly<Record<'FORWARD' | 'BACKWARD', string>>;
    readonly ReturnType: Readonly<Record<'NONE' | 'AfterModify', number>>;
    readonly Long: { fromNumber(value: number): Long };
    readonly INF_MIN: object;
    readonly INF_MAX: object;
  };
  export type { Cells, Client, Long, Page, Row, Value };
  export default TableStore;
}
