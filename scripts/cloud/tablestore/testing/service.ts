import { createTablestore, type Tablestore } from '../index.ts';
import { type Client, TableStore } from './sdk.ts';

/** A service to test: the emulator, or the real one when the environment says where it is. */
export interface Service {
  readonly client: Client;
  readonly endpoint: string;
  readonly instance: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Undefined when it is the real one: some tests cannot ask that of it. */
  readonly emulator: Tablestore | undefined;
  /** Creates a table with a name of its own, usable when this resolves. */
  table(primaryKey: readonly object[], options?: TableSettings): Promise<string>;
  /** Deletes the tables that were created, and ends the emulator. */
  close(): Promise<void>;
}

export interface TableSettings {
  readonly maxVersions?: number;
  readonly timeToLive?: number;
  readonly maxTimeDeviation?: number;
}

const {
  TABLESTORE_ENDPOINT,
  TABLESTORE_INSTANCE = 'todo',
  TABLESTORE_ACCESS_KEY_ID = 'key',
  TABLESTORE_ACCESS_KEY_SECRET = 'secret',
} = process.env;

/** True when the tests run against the real service. */
export const REMOTE = TABLESTORE_ENDPOINT !== undefined;

/**
 * Opens the service that the tests are for: set TABLESTORE_ENDPOINT, TABLESTORE_INSTANCE,
 * TABLESTORE_ACCESS_KEY_ID and TABLESTORE_ACCESS_KEY_SECRET to aim them at the real one.
 *
 * @example
 * const service = await openService();
 * const todos = await service.table([{ name: 'id', type: 'STRING' }]);
 */
export async function openService(file?: string): Promise<Service> {
  const access = {
    instance: TABLESTORE_INSTANCE,
    accessKeyId: TABLESTORE_ACCESS_KEY_ID,
    accessKeySecret: TABLESTORE_ACCESS_KEY_SECRET,
  };
  const emulator = TABLESTORE_ENDPOINT
    ? undefined
    : await createTablestore({
        instance: access.instance,
        accessKeys: { [access.accessKeyId]: access.accessKeySecret },
        ...(file && { file }),
      });
  const endpoint = TABLESTORE_ENDPOINT ?? emulator?.url ?? '';
  const client = connect({ ...access, endpoint });
  const tables: string[] = [];
  return {
    ...access,
    endpoint,
    client,
    emulator,
    async table(primaryKey, { maxVersions = 1, timeToLive = -1, ...rest } = {}) {
      const tableName = `t_${crypto.randomUUID().replaceAll('-', '')}`;
      await client.createTable({
        tableMeta: { tableName, primaryKey },
        reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
        tableOptions: { timeToLive, maxVersions, ...rest },
      });
      tables.push(tableName);
      if (!emulator) await ready(client, tableName);
      return tableName;
    },
    async close() {
      if (emulator) return emulator.close();
      for (const tableName of tables) await client.deleteTable({ tableName });
    },
  };
}

/** A client of the official SDK that never retries. */
export function connect(options: {
  readonly endpoint: string;
  readonly instance: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}): Client {
  const { instance, ...rest } = options;
  return new TableStore.Client({ ...rest, instancename: instance, maxRetries: 0 });
}

/** A new table of the real service is loaded some seconds after it was created. */
async function ready(client: Client, tableName: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const { tableStatus } = await client.describeTable({ tableName });
    if (tableStatus === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`${tableName} did not become active within a minute`);
}
