import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, invalid, noSuchTable } from '../testing/failure.ts';
import { combine, ignore, long, plain, plainKey, TableStore } from '../testing/sdk.ts';
import { openService, type Service } from '../testing/service.ts';

const KEY = [{ id: 'a' }, { n: long(1) }];
const AT = Date.now() - 10_000;

let service: Service;
let tableName: string;
beforeAll(async () => {
  service = await openService();
  tableName = await service.table(
    [
      { name: 'id', type: 'STRING' },
      { name: 'n', type: 'INTEGER' },
    ],
    { maxVersions: 5 },
  );
  const put = (age: number) => ({
    PUT: ['a', 'b', 'c'].map((name) => ({ [name]: `${name}${age}`, timestamp: AT - age })),
  });
  await service.client.updateRow({
    tableName,
    condition: ignore(),
    primaryKey: KEY,
    updateOfAttributeColumns: [put(0), put(10), put(20)],
  });
});
afterAll(() => service.close());

const get = async (asked: object = {}) => {
  const { row } = await service.client.getRow({ tableName, primaryKey: KEY, ...asked });
  return row;
};
const values = async (asked: object) =>
  (await get(asked)).attributes?.map(({ columnValue }) => columnValue);
const is = (name: string, value: string, passIfMissing = false) =>
  new TableStore.SingleColumnCondition(name, value, TableStore.ComparatorType.EQUAL, passIfMissing);

describe('GetRow', () => {
  it('gives the key and the newest version of every column', async () => {
    const row = await get();
    expect(plainKey(row.primaryKey)).toEqual(['a', 1]);
    expect(plain(row)).toEqual({ a: 'a0', b: 'b0', c: 'c0' });
    expect(row.attributes?.[0]?.timestamp.toNumber()).toBe(AT);
  });

  it('gives nothing where no row is', async () => {
    expect(await get({ primaryKey: [{ id: 'a' }, { n: long(2) }] })).toEqual({});
  });

  it('gives the columns that are named; no row at all when it has none of them', async () => {
    expect(plain(await get({ columnsToGet: ['c', 'a', 'none'] }))).toEqual({ a: 'a0', c: 'c0' });
    expect(await get({ columnsToGet: ['none'] })).toEqual({});
    expect(plainKey((await get({ columnsToGet: ['id'] })).primaryKey)).toEqual(['a', 1]);
  });

  it('gives the columns between two names', async () => {
    expect(plain(await get({ startColumn: 'b' }))).toEqual({ b: 'b0', c: 'c0' });
    expect(plain(await get({ startColumn: 'a', endColumn: 'b' }))).toEqual({ a: 'a0' });
  });

  it('gives as many versions as it is asked for, the newest first', async () => {
    expect(await values({ columnsToGet: ['b'], maxVersions: 2 })).toEqual(['b0', 'b10']);
    expect(await values({ columnsToGet: ['b'], maxVersions: 9 })).toEqual(['b0', 'b10', 'b20']);
  });

  it('gives the versions of a time, from one on and before another, or of one moment', async () => {
    const of = (timeRange: object) => values({ columnsToGet: ['a'], maxVersions: 9, timeRange });
    expect(await of({ startTime: AT - 10, endTime: AT })).toEqual(['a10']);
    expect(await of({ startTime: AT - 20, endTime: AT + 1 })).toEqual(['a0', 'a10', 'a20']);
    expect(await of({ specificTime: AT - 20 })).toEqual(['a20']);
  });

  it('gives the row only when it passes a filter', async () => {
    expect(plain(await get({ columnFilter: is('a', 'a0') }))).toMatchObject({ a: 'a0' });
    expect(await get({ columnFilter: is('a', 'a10') })).toEqual({});
    expect(await get({ columnFilter: is('none', 'x') })).toEqual({});
    expect(plain(await get({ columnFilter: is('none', 'x', true) }))).toMatchObject({ a: 'a0' });
    const both = combine('AND', is('a', 'a0'), combine('NOT', is('b', 'x')));
    expect(plain(await get({ columnFilter: both }))).toMatchObject({ a: 'a0' });
  });

  it('pages through the columns of a row', async () => {
    const page = (limit: number, offset: number) =>
      get({ columnFilter: new TableStore.ColumnPaginationFilter(limit, offset) });
    expect(plain(await page(2, 0))).toEqual({ a: 'a0', b: 'b0' });
    expect(plain(await page(2, 2))).toEqual({ c: 'c0' });
  });

  it.each([
    [
      'a page of no columns',
      { columnFilter: new TableStore.ColumnPaginationFilter(0, 0) },
      'Limit in ColumnPaginationFilter must be greater than 0.',
    ],
    [
      'columns before the first',
      { columnFilter: new TableStore.ColumnPaginationFilter(1, -1) },
      'Offset in ColumnPaginationFilter must be greater than or equal to 0.',
    ],
    [
      'half a time',
      { timeRange: { startTime: 0 } },
      'Start and end time must be given at the same time.',
    ],
    [
      'no versions',
      { maxVersions: -2 },
      'Invalid max versions: -2 . Reason: Max versions must be positive.',
    ],
    [
      'more than 128 columns',
      { columnsToGet: Array.from({ length: 129 }, (_, index) => `c${index}`) },
      'The number of columns from the request exceeds the limit, limit count: 128 , column count:129.',
    ],
    [
      'a key that the table is to choose',
      { primaryKey: [{ id: 'a' }, { n: TableStore.PK_AUTO_INCR }] },
      "PKAutoIncr can't be used for read operations.",
    ],
    [
      'two filters in one NOT',
      { columnFilter: combine('NOT', is('a', 'x'), is('b', 'x')) },
      'Invalid NOT operator: the number of sub-filters must be 1.',
    ],
    [
      'one filter in an AND',
      { columnFilter: combine('AND', is('a', 'x')) },
      'Invalid AND/OR operator: the number of sub-filters must be 2.',
    ],
    [
      'more than 32 filters',
      { columnFilter: combine('OR', ...Array.from({ length: 33 }, () => is('a', 'x'))) },
      'The count of filter exceeds the max:32.',
    ],
  ])('refuses %s', async (_what, asked, message) => {
    expect(await failure(get(asked))).toEqual(invalid(message));
  });

  it('refuses a key with a column too few', async () => {
    expect(await failure(get({ primaryKey: [{ id: 'a' }] }))).toMatchObject({
      code: 'OTSInvalidPK',
    });
  });

  it('counts a read unit for every 4 KB it gives', async () => {
    const large = [{ id: 'large' }, { n: long(1) }];
    await service.client.putRow({
      tableName,
      condition: ignore(),
      primaryKey: large,
      attributeColumns: [{ a: 'x'.repeat(5_000) }],
    });
    const { consumed } = await service.client.getRow({ tableName, primaryKey: large });
    expect(consumed.capacityUnit).toMatchObject({ read: 2, write: 0 });
  });

  it('knows no other table', async () => {
    expect(await failure(get({ tableName: 'nowhere' }))).toEqual(noSuchTable);
  });
});
