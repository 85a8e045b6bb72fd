import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, invalid } from '../testing/failure.ts';
import { ignore, plain, TableStore } from '../testing/sdk.ts';
import { openService, type Service } from '../testing/service.ts';

let service: Service;
let first: string;
let second: string;
beforeAll(async () => {
  service = await openService();
  first = await service.table([{ name: 'id', type: 'STRING' }]);
  second = await service.table([{ name: 'id', type: 'STRING' }]);
  for (const tableName of [first, second])
    for (const id of ['a', 'b'])
      await service.client.putRow({
        tableName,
        condition: ignore(),
        primaryKey: [{ id }],
        attributeColumns: [{ title: id }, { from: tableName }],
      });
});
afterAll(() => service.close());

const keysOf = (...ids: string[]) => ids.map((id) => [{ id }]);
const get = (...tables: object[]) => service.client.batchGetRow({ tables });

describe('BatchGetRow', () => {
  it('reads rows of several tables, in the order they were asked for', async () => {
    const { tables } = await get(
      { tableName: first, primaryKey: keysOf('b', 'none', 'a'), columnsToGet: ['title'] },
      { tableName: second, primaryKey: keysOf('a') },
    );
    expect(tables[0]?.map((row) => [row.isOk, plain(row)])).toEqual([
      [true, { title: 'b' }],
      [true, {}],
      [true, { title: 'a' }],
    ]);
    expect(tables[0]?.[1]?.primaryKey).toBeNull();
    expect(tables[1]?.map(plain)).toEqual([{ title: 'a', from: second }]);
  });

  it('filters the rows of each table by itself', async () => {
    const columnFilter = new TableStore.SingleColumnCondition(
      'title',
      'b',
      TableStore.ComparatorType.EQUAL,
    );
    const { tables } = await get({ tableName: first, primaryKey: keysOf('a', 'b'), columnFilter });
    expect(tables[0]?.map(plain)).toEqual([{}, { title: 'b', from: first }]);
  });

  it('leaves a fault with its row', async () => {
    const { tables } = await get(
      { tableName: first, primaryKey: [[{ id: 'a' }], [{ key: 'a' }]] },
      { tableName: 'nowhere', primaryKey: keysOf('a') },
    );
    expect(tables.map((rows) => rows.map(({ isOk, errorCode }) => [isOk, errorCode]))).toEqual([
      [
        [true, null],
        [false, 'OTSInvalidPK'],
      ],
      [[false, 'OTSObjectNotExist']],
    ]);
    expect(tables[1]?.[0]?.errorMessage).toBe('Requested table does not exist.');
  });

  it('refuses a batch of nothing, of a table twice, or of more than 100 rows', async () => {
    const table = { tableName: first, primaryKey: keysOf('a') };
    expect(await failure(get())).toEqual(
      invalid('No row specified in the request of BatchGetRow.'),
    );
    expect(await failure(get(table, table))).toEqual(invalid(`Duplicated table name: ${first}.`));
    const many = Array.from({ length: 101 }, (_, index) => `k${index}`);
    expect(await failure(get({ tableName: first, primaryKey: keysOf(...many) }))).toEqual(
      invalid('Rows count exceeds the upper limit:100.'),
    );
  });
});
