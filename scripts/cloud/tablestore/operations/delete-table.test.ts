import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, noSuchTable } from '../testing/failure.ts';
import { ignore } from '../testing/sdk.ts';
import { openService, REMOTE, type Service } from '../testing/service.ts';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

describe.skipIf(REMOTE)('DeleteTable', () => {
  it('deletes a table with its rows; one of the same name begins empty', async () => {
    const { client } = service;
    const create = () =>
      client.createTable({
        tableMeta: { tableName: 'short_lived', primaryKey: [{ name: 'id', type: 'STRING' }] },
        reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
        tableOptions: { timeToLive: -1, maxVersions: 1 },
      });
    const at = { tableName: 'short_lived', primaryKey: [{ id: 'a' }] };
    await create();
    await client.putRow({ ...at, condition: ignore(), attributeColumns: [{ title: 'milk' }] });
    await client.deleteTable({ tableName: 'short_lived' });
    expect(await failure(client.getRow(at))).toEqual(noSuchTable);
    await create();
    expect((await client.getRow(at)).row).toEqual({});
  });

  it('knows no other table', async () => {
    expect(await failure(service.client.deleteTable({ tableName: 'nowhere' }))).toEqual(
      noSuchTable,
    );
  });
});
