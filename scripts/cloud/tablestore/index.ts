import type { Clock } from '../shared/clock.ts';
import { systemClock } from '../shared/system-clock.ts';
import type { Fault } from './core/errors.ts';
import { decodeRecord, encodeRecord } from './core/record.ts';
import { Tables } from './core/tables.ts';
import { createEngine } from './engine/engine.ts';
import { type Log, memoryLog } from './engine/log.ts';
import { machineDisk } from './server/disk.ts';
import { openFileLog } from './server/file-log.ts';
import { lockLog } from './server/lock.ts';
import { serve } from './server/serve.ts';

export interface TablestoreOptions {
  /** Where tables outlive the process; `:memory:`, the default, is nowhere. */
  readonly file?: string;
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** Only this machine, unless it is told otherwise. */
  readonly host?: string;
  readonly instance: string;
  /** Secrets by access key id. */
  readonly accessKeys: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Told what a person should know: a torn record, a fault of ours. */
  readonly say?: (line: string) => void;
  /** Tests compact all the time. */
  readonly minCompactedBytes?: number;
}

export interface Tablestore {
  /** The endpoint for an SDK: `http://127.0.0.1:38087`. */
  readonly url: string;
  /** Answers every request with this fault, until it is called without one. */
  fail(fault?: Fault): void;
  /** Ends every connection, keeps what was answered, and frees the file. */
  close(): Promise<void>;
}

/**
 * Starts a local Tablestore that the official SDKs take for the service.
 *
 * @example
 * const tablestore = await createTablestore({ instance: 'todo', accessKeys: { key: 'secret' } });
 * const client = new TableStore.Client({ endpoint: tablestore.url, instancename: 'todo', accessKeyId: 'key', accessKeySecret: 'secret' });
 * await tablestore.close();
 */
export async function createTablestore(options: TablestoreOptions): Promise<Tablestore> {
  const { port = 0, host = '127.0.0.1', clock = systemClock, say = console.error } = options;
  const tables = new Tables();
  const { log, close } = await openLog(options, tables, say);
  const engine = createEngine({
    ...options,
    tables,
    log,
    clock,
    report: (error) => say(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  try {
    const server = await serve(engine, { port, host });
    return {
      url: `http://${host}:${server.port}`,
      fail: engine.fail,
      async close() {
        await server.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openLog(
  { file = ':memory:', minCompactedBytes }: TablestoreOptions,
  tables: Tables,
  say: (line: string) => void,
): Promise<{ log: Log; close: () => Promise<void> }> {
  if (file === ':memory:') return { log: memoryLog, close: () => Promise.resolve() };
  const release = await lockLog(file);
  try {
    const log = await openFileLog({
      path: file,
      disk: machineDisk,
      replay(record) {
        for (const effect of decodeRecord(record)) tables.apply(effect);
      },
      *snapshot() {
        for (const effect of tables.effects()) yield encodeRecord([effect]);
      },
      say,
      ...(minCompactedBytes !== undefined && { minCompactedBytes }),
    });
    return {
      log,
      async close() {
        await log.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
