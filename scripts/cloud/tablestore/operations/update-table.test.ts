import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, invalid, noSuchTable } from '../testing/failure.ts';
import { ignore, plain } from '../testing/sdk.ts';
import { openService, REMOTE, type Service } from '../testing/service.ts';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const KEY = [{ name: 'id', type: 'STRING' }];

describe('UpdateTable', () => {
  it('changes what is named and keeps the rest, rows included', async () => {
    const { client } = service;
    const tableName = await service.table(KEY, { timeToLive: 86_400 });
    await client.putRow({
      tableName,
      condition: ignore(),
      primaryKey: [{ id: 'a' }],
      attributeColumns: [{ title: 'milk' }],
    });
    const answer = await client.updateTable({ tableName, tableOptions: { maxVersions: 5 } });
    expect(answer.tableOptions).toMatchObject({ timeToLive: 86_400, maxVersions: 5 });
    const { tableOptions } = await client.describeTable({ tableName });
    expect(tableOptions).toMatchObject({ timeToLive: 86_400, maxVersions: 5 });
    const { row } = await client.getRow({ tableName, primaryKey: [{ id: 'a' }] });
    expect(plain(row)).toEqual({ title: 'milk' });
  });

  it.skipIf(REMOTE)('changes the throughput, of which what is not named stays', async () => {
    const tableName = await service.table(KEY);
    const update = (capacityUnit: object) =>
      service.client.updateTable({
        tableName,
        tableOptions: {},
        reservedThroughput: { capacityUnit },
      });
    await update({ read: 3, write: 2 });
    await update({ read: 5 });
    const { reservedThroughputDetails: details } = await service.client.describeTable({
      tableName,
    });
    expect(details.capacityUnit).toMatchObject({ read: 5, write: 2 });
  });

  it('refuses a request that changes nothing', async () => {
    const tableName = await service.table(KEY);
    expect(await failure(service.client.updateTable({ tableName, tableOptions: {} }))).toEqual(
      invalid('No parameter is specified in table options.'),
    );
  });

  it('refuses options that no table can have', async () => {
    const tableName = await service.table(KEY);
    const update = service.client.updateTable({ tableName, tableOptions: { maxVersions: -1 } });
    expect(await failure(update)).toEqual(
      invalid('The maximum versions cannot be less than or equal to 0.'),
    );
  });

  it('knows no other table', async () => {
    const update = service.client.updateTable({
      tableName: 'nowhere',
      tableOptions: { maxVersions: 2 },
    });
    expect(await failure(update)).toEqual(noSuchTable);
  });
});
