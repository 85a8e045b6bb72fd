import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conditionFailed, failure, noSuchTable } from '../testing/failure.ts';
import { expectExist, ignore, plainKey, TableStore } from '../testing/sdk.ts';
import { openService, type Service } from '../testing/service.ts';

let service: Service;
let tableName: string;
beforeAll(async () => {
  service = await openService();
  tableName = await service.table([{ name: 'id', type: 'STRING' }]);
});
afterAll(() => service.close());

const remove = (id: string, condition = ignore(), more: object = {}) =>
  service.client.deleteRow({ tableName, condition, primaryKey: [{ id }], ...more });
const put = (id: string) =>
  service.client.putRow({
    tableName,
    condition: ignore(),
    primaryKey: [{ id }],
    attributeColumns: [{ title: 'milk' }],
  });
const get = async (id: string) =>
  (await service.client.getRow({ tableName, primaryKey: [{ id }] })).row;

describe('DeleteRow', () => {
  it('deletes a row, and minds none that is not there', async () => {
    await put('a');
    await remove('a');
    expect(await get('a')).toEqual({});
    await remove('a');
  });

  it('deletes only what satisfies a condition', async () => {
    const milk = new TableStore.SingleColumnCondition(
      'title',
      'bread',
      TableStore.ComparatorType.EQUAL,
      false,
    );
    await put('b');
    expect(await failure(remove('b', ignore(milk)))).toEqual(conditionFailed);
    expect(plainKey((await get('b')).primaryKey)).toEqual(['b']);
    expect(await failure(remove('gone', expectExist()))).toEqual(conditionFailed);
  });

  it('gives the key back when it is asked to', async () => {
    const returnContent = { returnType: TableStore.ReturnType.Primarykey };
    const { row } = await remove('c', ignore(), { returnContent });
    expect(plainKey(row.primaryKey)).toEqual(['c']);
  });

  it('knows no other table', async () => {
    expect(await failure(remove('a', ignore(), { tableName: 'nowhere' }))).toEqual(noSuchTable);
  });
});
