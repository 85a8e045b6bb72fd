import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTablestore } from '../index.ts';
import { ignore, long, plain, plainKey, TableStore } from '../testing/sdk.ts';
import { below, seeded } from '../testing/random.ts';
import { WriteRowRequest } from '../core/messages.ts';
import { CELL_OPERATION, type Cell } from '../core/plain-buffer.ts';
import { encodeMessage } from '../core/protobuf.ts';
import { writeRows } from '../core/write-plain-buffer.ts';
import { connect } from '../testing/service.ts';
import { send } from '../testing/wire-client.ts';

/** Each store of a run is killed at a point of its own: 200 in all. */
const STORES = 20;
const RUNS = 10;
const WRITERS = 2;
const SEED = 20_260_101;
const ACCESS = { instance: 'todo', accessKeyId: 'key', accessKeySecret: 'secret' };
const TABLE = 't';
const HOST_PROGRAM = join(import.meta.dirname, '../testing/many-stores.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tablestore-kill-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the writers of one store were told is kept. */
interface Kept {
  readonly rows: Set<string>;
  /** How many increments were answered, and how many were sent. */
  counted: number;
  sent: number;
}

/** Writes to a store until it is gone. */
async function write(endpoint: string, writer: number, run: number, kept: Kept): Promise<void> {
  const access = { ...ACCESS, endpoint };
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    for (let number = 0; ; number += 1) {
      const id = `${run}-${writer}-${number}`;
      const put = await send(access, 'PutRow', change(id, [{ name: 'c', value: id }]), { agent });
      if (put.status === 200) kept.rows.add(id);
      kept.sent += 1;
      const increment: Cell = { name: 'n', value: 1n, operation: CELL_OPERATION.increment };
      const counted = await send(access, 'UpdateRow', change('counter', [increment]), { agent });
      if (counted.status === 200) kept.counted += 1;
    }
  } catch {
    // Killed: what was under way may be there or not.
  } finally {
    agent.destroy();
  }
}

function change(id: string, cells: readonly Cell[]): Uint8Array {
  return encodeMessage(WriteRowRequest, {
    tableName: TABLE,
    row: writeRows([{ key: [{ name: 'id', value: id }], cells, deleteMarker: false }]),
    condition: { rowExistence: 0 },
  });
}

/** Starts the stores, writes to all of them, and kills their process in the middle. */
async function writeAndKill(
  run: number,
  stores: readonly Kept[],
  milliseconds: number,
): Promise<void> {
  const { instance, accessKeyId, accessKeySecret } = ACCESS;
  const child = spawn(
    process.execPath,
    [HOST_PROGRAM, folder, String(STORES), instance, accessKeyId, accessKeySecret],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  try {
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const writers = (JSON.parse(line) as string[]).flatMap((endpoint, index) =>
      Array.from({ length: WRITERS }, (_, writer) =>
        write(endpoint, writer, run, stores[index] as Kept),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    child.kill('SIGKILL');
    await Promise.all(writers);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

/** Opens what a killed process left, and checks it against what was answered. */
async function verify(index: number, { rows, counted, sent }: Kept): Promise<void> {
  const said: string[] = [];
  const store = await createTablestore({
    file: join(folder, `${index}.log`),
    instance: ACCESS.instance,
    accessKeys: { [ACCESS.accessKeyId]: ACCESS.accessKeySecret },
    say: (line) => said.push(line),
  });
  try {
    const client = connect({ ...ACCESS, endpoint: store.url });
    const page = await client.getRange({
      tableName: TABLE,
      direction: TableStore.Direction.FORWARD,
      inclusiveStartPrimaryKey: [{ id: TableStore.INF_MIN }],
      exclusiveEndPrimaryKey: [{ id: TableStore.INF_MAX }],
    });
    expect(page.nextStartPrimaryKey).toBeNull();
    const found = new Map(page.rows.map((row) => [plainKey(row.primaryKey)[0], plain(row)]));
    for (const id of rows) expect(found.get(id), `row ${id} of store ${index}`).toEqual({ c: id });
    const count = found.get('counter')?.['n'] ?? 0;
    expect(count, `counter of store ${index}`).toBeGreaterThanOrEqual(counted);
    expect(count, `counter of store ${index}`).toBeLessThanOrEqual(sent);
    for (const line of said) expect(line).toMatch(/^dropped the last \d+ bytes/);
  } finally {
    await store.close();
  }
}

async function createTables(): Promise<void> {
  for (let index = 0; index < STORES; index += 1) {
    const store = await createTablestore({
      file: join(folder, `${index}.log`),
      instance: ACCESS.instance,
      accessKeys: { [ACCESS.accessKeyId]: ACCESS.accessKeySecret },
    });
    const client = connect({ ...ACCESS, endpoint: store.url });
    await client.createTable({
      tableMeta: { tableName: TABLE, primaryKey: [{ name: 'id', type: 'STRING' }] },
      reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
      tableOptions: { timeToLive: -1, maxVersions: 1 },
    });
    await client.putRow({
      tableName: TABLE,
      condition: ignore(),
      primaryKey: [{ id: 'counter' }],
      attributeColumns: [{ n: long(0) }],
    });
    await store.close();
  }
}

describe('a Tablestore that is killed', () => {
  it('has every write that it answered, at 200 random points', { timeout: 60_000 }, async () => {
    const random = seeded(SEED);
    const stores = Array.from({ length: STORES }, (): Kept => ({
      rows: new Set(),
      counted: 0,
      sent: 0,
    }));
    await createTables();
    for (let run = 0; run < RUNS; run += 1) {
      await writeAndKill(run, stores, 40 + below(random, 160));
      for (const [index, kept] of stores.entries()) await verify(index, kept);
    }
    // Without this a machine too slow to write anything would pass.
    const answered = stores.reduce((sum, { rows, counted }) => sum + rows.size + counted, 0);
    expect(answered).toBeGreaterThan(STORES * RUNS);
  });
});
