import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, noSuchTable } from '../testing/failure.ts';
import { openService, type Service } from '../testing/service.ts';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

describe('DescribeTable', () => {
  it('tells columns, options, throughput and that the table is active', async () => {
    const before = Math.floor(Date.now() / 1000);
    const tableName = await service.table([{ name: 'id', type: 'STRING' }], {
      maxVersions: 2,
      timeToLive: 86_400,
      maxTimeDeviation: 100,
    });
    const table = await service.client.describeTable({ tableName });
    expect(table.tableMeta.tableName).toBe(tableName);
    expect(table.tableOptions).toMatchObject({ timeToLive: 86_400, maxVersions: 2 });
    expect(table.tableOptions.deviationCellVersionInSec.toNumber()).toBe(100);
    expect(table.tableStatus).toBe(1);
    expect(table.reservedThroughputDetails.capacityUnit).toMatchObject({ read: 0, write: 0 });
    const changed = table.reservedThroughputDetails.lastIncreaseTime.toNumber();
    expect(changed).toBeGreaterThanOrEqual(before);
    expect(changed).toBeLessThanOrEqual(Date.now() / 1000 + 60);
  });

  it('allows versions a day from now unless the table says otherwise', async () => {
    const tableName = await service.table([{ name: 'id', type: 'STRING' }]);
    const { tableOptions } = await service.client.describeTable({ tableName });
    expect(tableOptions.deviationCellVersionInSec.toNumber()).toBe(86_400);
  });

  it('knows no other table', async () => {
    expect(await failure(service.client.describeTable({ tableName: 'nowhere' }))).toEqual(
      noSuchTable,
    );
  });
});
