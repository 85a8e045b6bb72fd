import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTablestore, type Tablestore, type TablestoreOptions } from './index.ts';
import { ignore, plain } from './testing/sdk.ts';
import { connect } from './testing/service.ts';

const ACCESS = { instance: 'todo', accessKeyId: 'key', accessKeySecret: 'secret' };

let folder: string;
let stores: Tablestore[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tablestore-'));
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<TablestoreOptions> = {}): Promise<Tablestore> {
  const store = await createTablestore({
    instance: ACCESS.instance,
    accessKeys: { [ACCESS.accessKeyId]: ACCESS.accessKeySecret },
    ...options,
  });
  stores.push(store);
  return store;
}

const clientOf = ({ url }: Tablestore) => connect({ ...ACCESS, endpoint: url });
const at = { tableName: 'todos', primaryKey: [{ id: 'a' }] };

async function createTodos(store: Tablestore): Promise<void> {
  await clientOf(store).createTable({
    tableMeta: { tableName: 'todos', primaryKey: [{ name: 'id', type: 'STRING' }] },
    reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
    tableOptions: { timeToLive: -1, maxVersions: 1 },
  });
  await clientOf(store).putRow({
    ...at,
    condition: ignore(),
    attributeColumns: [{ title: 'milk' }],
  });
}

describe('a local Tablestore', () => {
  it('keeps its tables in a file, and leaves nothing else there', async () => {
    const file = join(folder, 'tables.log');
    const first = await start({ file });
    await createTodos(first);
    await first.close();
    expect(await readdir(folder)).toEqual(['tables.log']);
    const second = await start({ file });
    expect(plain((await clientOf(second).getRow(at)).row)).toEqual({ title: 'milk' });
  });

  it('keeps nothing when it is told of no file', async () => {
    const first = await start();
    await createTodos(first);
    await first.close();
    expect((await clientOf(await start()).listTable({})).tableNames).toEqual([]);
  });

  it('shares its file with nobody', async () => {
    const file = join(folder, 'tables.log');
    await start({ file });
    await expect(start({ file })).rejects.toMatchObject({
      code: 'E_TABLESTORE_IN_USE',
      message: expect.stringContaining(`process ${process.pid} is one`),
    });
  });

  it('takes a file over from a process that is no more', async () => {
    const file = join(folder, 'tables.log');
    // No process has this number: it is above what any system gives.
    await writeFile(`${file}.lock`, String(2 ** 30));
    await createTodos(await start({ file }));
    expect(await readFile(`${file}.lock`, 'utf8')).toBe(String(process.pid));
  });

  it('says when its port is taken, and gives its file back', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    const file = join(folder, 'tables.log');
    await expect(start({ port, file })).rejects.toMatchObject({ code: 'E_TABLESTORE_PORT' });
    expect(await readdir(folder)).toEqual(['tables.log']);
  });

  it('listens to this machine alone', async () => {
    expect((await start()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
