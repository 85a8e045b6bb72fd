import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, invalid } from '../testing/failure.ts';
import {
  expectExist,
  expectNotExist,
  ignore,
  long,
  plain,
  plainKey,
  TableStore,
} from '../testing/sdk.ts';
import { openService, type Service } from '../testing/service.ts';

let service: Service;
let tableName: string;
beforeAll(async () => {
  service = await openService();
  tableName = await service.table([{ name: 'id', type: 'STRING' }]);
});
afterAll(() => service.close());

const write = (...rows: object[]) =>
  service.client.batchWriteRow({ tables: [{ tableName, rows }] });
const put = (id: string, title: string, condition = ignore()) => ({
  type: 'PUT',
  condition,
  primaryKey: [{ id }],
  attributeColumns: [{ title }],
});
const get = async (id: string) =>
  (await service.client.getRow({ tableName, primaryKey: [{ id }] })).row;

describe('BatchWriteRow', () => {
  it('puts, updates and deletes', async () => {
    await write(put('a', '1'), put('b', '1'));
    const { tables } = await write(
      { ...put('c', '1'), returnContent: { returnType: TableStore.ReturnType.Primarykey } },
      {
        type: 'UPDATE',
        condition: expectExist(),
        primaryKey: [{ id: 'a' }],
        attributeColumns: [{ PUT: [{ done: true }] }, { INCREMENT: [{ n: long(2) }] }],
      },
      { type: 'DELETE', condition: expectExist(), primaryKey: [{ id: 'b' }] },
    );
    expect(tables.map(({ isOk }) => isOk)).toEqual([true, true, true]);
    expect(plainKey(tables[0]?.primaryKey)).toEqual(['c']);
    expect(plain(await get('a'))).toEqual({ title: '1', done: true, n: 2 });
    expect(await get('b')).toEqual({});
    expect(plain(await get('c'))).toEqual({ title: '1' });
  });

  it('writes the rows that can be written, and leaves a fault with its row', async () => {
    const { tables } = await service.client.batchWriteRow({
      tables: [
        {
          tableName,
          rows: [
            put('d', '1'),
            put('d', '2', expectNotExist()),
            { ...put('e', '1'), primaryKey: [{ key: 'e' }] },
            put('f', '1'),
          ],
        },
        { tableName: 'nowhere', rows: [put('a', '1')] },
      ],
    });
    expect(tables.map(({ isOk, errorCode }) => [isOk, errorCode])).toEqual([
      [true, null],
      [false, 'OTSConditionCheckFail'],
      [false, 'OTSInvalidPK'],
      [true, null],
      [false, 'OTSObjectNotExist'],
    ]);
    expect(tables[1]?.errorMessage).toBe('Condition check failed.');
    expect(plain(await get('d'))).toEqual({ title: '1' });
    expect(plain(await get('f'))).toEqual({ title: '1' });
  });

  it('refuses a batch of no rows, or of more than 200', async () => {
    expect(await failure(write())).toEqual(
      invalid(`No operation is specified for table:${tableName}.`),
    );
    const many = Array.from({ length: 201 }, (_, index) => put(`k${index}`, 'x'));
    expect(await failure(write(...many))).toEqual(
      invalid('Rows count exceeds the upper limit:200.'),
    );
    expect(await get('k0')).toEqual({});
  });
});
