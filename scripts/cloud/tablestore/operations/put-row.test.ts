import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conditionFailed, failure, invalid, noSuchTable } from '../testing/failure.ts';
import {
  combine,
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

const put = (id: string, attributeColumns: object[], condition = ignore(), more: object = {}) =>
  service.client.putRow({
    tableName,
    condition,
    primaryKey: [{ id }],
    attributeColumns,
    ...more,
  });
const get = async (id: string) =>
  (await service.client.getRow({ tableName, primaryKey: [{ id }] })).row;

const { EQUAL, NOT_EQUAL, GREATER_THAN, GREATER_EQUAL, LESS_THAN, LESS_EQUAL } =
  TableStore.ComparatorType;
const column = (name: string, comparator: number, value: unknown, passIfMissing = false) =>
  new TableStore.SingleColumnCondition(name, value, comparator, passIfMissing);

describe('PutRow', () => {
  it('keeps values of every type', async () => {
    await put('types', [
      { text: '秦粤 \u{1f600} \ufeffx' },
      { empty: '' },
      { whole: long(42) },
      { negative: long(-7) },
      { largest: TableStore.Long.fromString('9223372036854775807') },
      { fraction: 1.5 },
      { yes: true },
      { no: false },
      { raw: Buffer.from([0, 255, 1]) },
    ]);
    const row = await get('types');
    const { largest, ...rest } = plain(row);
    expect(rest).toEqual({
      text: '秦粤 \u{1f600} \ufeffx',
      empty: '',
      whole: 42,
      negative: -7,
      fraction: 1.5,
      yes: true,
      no: false,
      raw: Buffer.from([0, 255, 1]),
    });
    expect(largest).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    expect(String(row.attributes?.find((cell) => cell.columnName === 'largest')?.columnValue)).toBe(
      '9223372036854775807',
    );
  });

  it('replaces the whole row, columns that the new one lacks included', async () => {
    await put('whole', [{ a: '1' }, { b: '1' }]);
    await put('whole', [{ b: '2' }]);
    expect(plain(await get('whole'))).toEqual({ b: '2' });
  });

  it('stamps each column with the time of the write, or the one it brings', async () => {
    const before = Date.now();
    const brought = before - 5_000;
    await put('stamped', [{ now: 'x' }, { past: 'y', timestamp: brought }]);
    const [now, past] = (await get('stamped')).attributes ?? [];
    expect(now?.timestamp.toNumber()).toBeGreaterThanOrEqual(before - 60_000);
    expect(past?.timestamp.toNumber()).toBe(brought);
  });

  it('gives the key back when it is asked to, and nothing otherwise', async () => {
    const returnContent = { returnType: TableStore.ReturnType.Primarykey };
    const { row, consumed } = await put('键', [{ a: 'x' }], ignore(), { returnContent });
    expect(plainKey(row.primaryKey)).toEqual(['键']);
    expect(consumed.capacityUnit).toMatchObject({ read: 0, write: 1 });
    expect((await put('键', [{ a: 'x' }])).row).toEqual({});
  });

  it('counts a write unit for every 4 KB', async () => {
    const { consumed } = await put('large', [{ a: 'x'.repeat(9_000) }]);
    expect(consumed.capacityUnit.write).toBe(3);
  });

  it('writes only where a row is, or only where none is, when it is told to', async () => {
    expect(await failure(put('once', [{ a: '0' }], expectExist()))).toEqual(conditionFailed);
    await put('once', [{ a: '1' }], expectNotExist());
    expect(await failure(put('once', [{ a: '2' }], expectNotExist()))).toEqual(conditionFailed);
    await put('once', [{ a: '3' }], expectExist());
    expect(plain(await get('once'))).toEqual({ a: '3' });
  });

  it.each([
    ['equal', column('n', EQUAL, long(5)), true],
    ['equal to another', column('n', EQUAL, long(6)), false],
    ['another type', column('n', EQUAL, 5), false],
    ['not equal', column('n', NOT_EQUAL, long(6)), true],
    ['greater', column('n', GREATER_THAN, long(5)), false],
    ['greater or equal', column('n', GREATER_EQUAL, long(5)), true],
    ['less', column('n', LESS_THAN, long(5)), false],
    ['less or equal', column('n', LESS_EQUAL, long(5)), true],
    ['a text after one', column('s', GREATER_THAN, '\uffee'), true],
    ['missing, which fails', column('none', EQUAL, 'x'), false],
    ['missing, which passes', column('none', EQUAL, 'x', true), true],
    ['not', combine('NOT', column('n', EQUAL, long(6))), true],
    ['and', combine('AND', column('n', EQUAL, long(5)), column('s', EQUAL, 'no')), false],
    ['or', combine('OR', column('n', EQUAL, long(6)), column('n', EQUAL, long(5))), true],
    ['three', combine('AND', ...[3, 4, 5].map((n) => column('n', GREATER_EQUAL, long(n)))), true],
    [
      'nested',
      combine(
        'AND',
        combine('OR', column('n', EQUAL, long(1)), column('n', EQUAL, long(5))),
        combine('NOT', column('none', EQUAL, 'x')),
      ),
      true,
    ],
  ])('asks a column of the row that is there: %s', async (_what, condition, holds) => {
    await put('asked', [{ n: long(5) }, { s: '\u{1f600}' }]);
    const write = put('asked', [{ n: long(9) }], ignore(condition));
    if (holds) await write;
    else expect(await failure(write)).toEqual(conditionFailed);
    expect(plain(await get('asked'))['n']).toBe(holds ? 9 : 5);
  });

  it('takes a row that is not there for one without columns', async () => {
    const passes = column('n', EQUAL, long(5), true);
    const fails = column('n', EQUAL, long(5));
    expect(await failure(put('fresh', [{ a: 'x' }], ignore(fails)))).toEqual(conditionFailed);
    await put('fresh', [{ a: 'x' }], ignore(passes));
    expect(plain(await get('fresh'))).toEqual({ a: 'x' });
  });

  it.each([
    ['a name with a dash', [{ 'a-b': 'x' }], 'Invalid column name: a-b.'],
    [
      'a column called as the key is',
      [{ id: 'x' }],
      'Duplicated attribute column name with primary key column: id.',
    ],
    [
      'a value above 2 MB',
      [{ a: 'x'.repeat(2 * 1024 * 1024 + 1) }],
      'The length of attribute column: a exceeded the MaxLength:2097152 with Current Length:2097153.',
    ],
    [
      'more than 1024 columns',
      Array.from({ length: 1025 }, (_, index) => ({ [`c${index}`]: 'x' })),
      'The number of attribute columns exceeds the limit, limit count:1024, column count: 1025.',
    ],
    ['no number', [{ a: Number.NaN }], "NaN can't be set to double value."],
    ['too large a number', [{ a: -Infinity }], "Infinity can't be set to double value."],
    [
      'a version of the year before last',
      [{ a: 'x', timestamp: Date.now() - 2 * 365 * 86_400_000 }],
      'Invalid timestamp. Cell:a.',
    ],
    [
      'a version of the day after tomorrow',
      [{ a: 'x', timestamp: Date.now() + 2 * 86_400_000 }],
      'Invalid timestamp. Cell:a.',
    ],
  ])('refuses %s', async (_what, attributeColumns, message) => {
    expect(await failure(put('refused', attributeColumns))).toEqual(invalid(message));
    expect(await get('refused')).toEqual({});
  });

  it('refuses a key above 1 KB', async () => {
    expect(await failure(put('x'.repeat(1025), []))).toEqual(
      invalid(
        'The length of primary key column: id exceeds the MaxLength: 1024 with CurrentLength: 1025.',
      ),
    );
  });

  it.each([
    ['of another name', [{ key: 'x' }]],
    ['of another type', [{ id: long(1) }]],
    ['with a column too many', [{ id: 'x' }, { more: 'x' }]],
    ['with an end of a range', [{ id: TableStore.INF_MAX }]],
    ['left to a table that chooses none', [{ id: TableStore.PK_AUTO_INCR }]],
  ])('refuses a key %s', async (_what, primaryKey) => {
    const { client } = service;
    expect(
      await failure(
        client.putRow({ tableName, condition: ignore(), primaryKey, attributeColumns: [] }),
      ),
    ).toEqual({ status: 400, code: 'OTSInvalidPK', message: 'Primary key schema mismatch.' });
  });

  it('knows no other table', async () => {
    const write = put('a', [], ignore(), { tableName: 'nowhere' });
    expect(await failure(write)).toEqual(noSuchTable);
  });
});

describe('PutRow into a table that chooses keys', () => {
  const returnContent = { returnType: TableStore.ReturnType.Primarykey };
  let numbered: string;
  beforeAll(async () => {
    numbered = await service.table([
      { name: 'list', type: 'STRING' },
      { name: 'number', type: 'INTEGER', option: 'AUTO_INCREMENT' },
    ]);
  });
  const add = (condition = ignore(), number: unknown = TableStore.PK_AUTO_INCR) =>
    service.client.putRow({
      tableName: numbered,
      condition,
      primaryKey: [{ list: 'a' }, { number }],
      attributeColumns: [{ title: 'x' }],
      returnContent,
    });
  const numberOf = async (write: ReturnType<typeof add>) =>
    plainKey((await write).row.primaryKey)[1] as number;

  it('numbers rows upwards, and never takes a number that is there', async () => {
    const first = await numberOf(add());
    await add(ignore(), long(first + 1));
    const second = await numberOf(add());
    expect(second).toBeGreaterThan(first + 1);
  });

  it('never gives a number again, of a deleted row either', async () => {
    const last = await numberOf(add());
    await service.client.deleteRow({
      tableName: numbered,
      condition: ignore(),
      primaryKey: [{ list: 'a' }, { number: long(last) }],
    });
    expect(await numberOf(add())).toBeGreaterThan(last);
  });

  it('takes no condition on a row whose key is not chosen yet', async () => {
    expect(await failure(add(expectExist()))).toEqual(
      invalid('Invalid expect:EXPECT_EXIST when modify row with pk auto increment.'),
    );
    expect(await failure(add(ignore(column('title', EQUAL, 'x'))))).toEqual(
      invalid("Can't set condition when modify row with pk auto increment."),
    );
  });
});
