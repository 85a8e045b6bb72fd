import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conditionFailed, failure, invalid, noSuchTable } from '../testing/failure.ts';
import { expectExist, ignore, long, plain, plainKey, TableStore } from '../testing/sdk.ts';
import { openService, type Service } from '../testing/service.ts';

let service: Service;
let tableName: string;
beforeAll(async () => {
  service = await openService();
  tableName = await service.table([{ name: 'id', type: 'STRING' }], { maxVersions: 3 });
});
afterAll(() => service.close());

const update = (id: string, changes: object[], condition = ignore(), more: object = {}) =>
  service.client.updateRow({
    tableName,
    condition,
    primaryKey: [{ id }],
    updateOfAttributeColumns: changes,
    ...more,
  });
const versions = async (id: string, maxVersions = 10) => {
  const { row } = await service.client.getRow({ tableName, primaryKey: [{ id }], maxVersions });
  return row.attributes?.map((cell) => [cell.columnName, String(cell.columnValue)]);
};

describe('UpdateRow', () => {
  it('puts columns and leaves the others', async () => {
    await update('a', [{ PUT: [{ x: '1' }, { y: '1' }] }]);
    await update('a', [{ PUT: [{ y: '2', timestamp: Date.now() + 1_000 }] }]);
    expect(await versions('a', 1)).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
  });

  it('keeps the newest versions, whatever order they come in', async () => {
    const at = Date.now();
    for (const age of [3, 1, 4, 2])
      await update('v', [{ PUT: [{ x: `${age}`, timestamp: at - age }] }]);
    expect(await versions('v')).toEqual([
      ['x', '1'],
      ['x', '2'],
      ['x', '3'],
    ]);
  });

  it('puts a version in the place of one of the same time', async () => {
    const timestamp = Date.now();
    await update('same', [{ PUT: [{ x: '1', timestamp }] }]);
    await update('same', [{ PUT: [{ x: '2', timestamp }] }]);
    expect(await versions('same')).toEqual([['x', '2']]);
  });

  it('deletes one version, or all', async () => {
    const at = Date.now();
    for (const age of [2, 1])
      await update('d', [{ PUT: [{ x: `${age}`, timestamp: at - age }, { y: '1' }] }]);
    await update('d', [{ DELETE: [{ x: at - 1 }] }, { DELETE_ALL: ['y'] }]);
    expect(await versions('d')).toEqual([['x', '2']]);
    await update('d', [{ DELETE_ALL: ['x'] }]);
    expect(await versions('d')).toEqual([]);
  });

  it('keeps a row whose columns are all deleted, and makes none by deleting', async () => {
    await update('left', [{ PUT: [{ x: '1' }] }]);
    await update('left', [{ DELETE_ALL: ['x'] }]);
    const { row } = await service.client.getRow({ tableName, primaryKey: [{ id: 'left' }] });
    expect(plainKey(row.primaryKey)).toEqual(['left']);
    await update('never', [{ DELETE_ALL: ['x'] }]);
    const none = await service.client.getRow({ tableName, primaryKey: [{ id: 'never' }] });
    expect(none.row).toEqual({});
  });

  it('increments from what is there, or from 0, and gives the result', async () => {
    const increment = (by: number) =>
      update('i', [{ INCREMENT: [{ n: long(by) }] }], ignore(), {
        returnContent: { returnType: TableStore.ReturnType.AfterModify, returnColumns: ['n'] },
      });
    expect(plain((await increment(5)).row)).toEqual({ n: 5 });
    expect(plain((await increment(-8)).row)).toEqual({ n: -3 });
  });

  it('loses no increment of many at once', async () => {
    const many = Array.from({ length: 40 }, () =>
      update('many', [{ INCREMENT: [{ n: long(1) }] }]),
    );
    await Promise.all(many);
    expect((await versions('many', 1))?.[0]).toEqual(['n', '40']);
  });

  it('increments nothing but an INTEGER, and then changes nothing at all', async () => {
    await update('text', [{ PUT: [{ n: 'one' }] }]);
    const mixed = update('text', [{ PUT: [{ m: 'x' }] }, { INCREMENT: [{ n: long(1) }] }]);
    expect(await failure(mixed)).toEqual(invalid('Only an INTEGER column can be incremented: n.'));
    expect(await versions('text')).toEqual([['n', 'one']]);
  });

  it('asks the row for a condition first', async () => {
    const changes = [{ PUT: [{ x: '1' }] }];
    expect(await failure(update('none', changes, expectExist()))).toEqual(conditionFailed);
    expect((await update('none', changes)).consumed.capacityUnit).toMatchObject({ read: 0 });
    const { consumed } = await update('none', changes, expectExist());
    expect(consumed.capacityUnit).toMatchObject({ read: 1, write: 1 });
  });

  it('asks all versions when a condition does', async () => {
    const at = Date.now();
    for (const age of [2, 1])
      await update('old', [{ PUT: [{ x: `${age}`, timestamp: at - age }] }]);
    const wants = (latestOnly: boolean) =>
      new TableStore.SingleColumnCondition(
        'x',
        '2',
        TableStore.ComparatorType.EQUAL,
        false,
        latestOnly,
      );
    const changes = [{ PUT: [{ y: '1' }] }];
    expect(await failure(update('old', changes, ignore(wants(true))))).toEqual(conditionFailed);
    await update('old', changes, ignore(wants(false)));
  });

  it('refuses a change of nothing', async () => {
    expect(await failure(update('a', []))).toEqual(invalid('Attribute column is missing.'));
  });

  it('knows no other table', async () => {
    const write = update('a', [{ PUT: [{ x: '1' }] }], ignore(), { tableName: 'nowhere' });
    expect(await failure(write)).toEqual(noSuchTable);
  });
});
