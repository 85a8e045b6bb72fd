import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, invalid, noSuchTable } from '../testing/failure.ts';
import { ignore, type KeyCell, long, plainKey, TableStore } from '../testing/sdk.ts';
import { openService, type Service } from '../testing/service.ts';

const { INF_MIN, INF_MAX } = TableStore;
const { FORWARD, BACKWARD } = TableStore.Direction;

let service: Service;
let tableName: string;
beforeAll(async () => {
  service = await openService();
  tableName = await service.table([
    { name: 'list', type: 'STRING' },
    { name: 'n', type: 'INTEGER' },
  ]);
  await fill('a', 5);
  await fill('b', 3);
});
afterAll(() => service.close());

const put = (list: string, n: number, title = `${list}${n}`) => ({
  type: 'PUT',
  condition: ignore(),
  primaryKey: [{ list }, { n: long(n) }],
  attributeColumns: [{ title }, { odd: n % 2 === 1 }],
});

async function fill(list: string, count: number): Promise<void> {
  for (let start = 0; start < count; start += 200) {
    const length = Math.min(200, count - start);
    const rows = Array.from({ length }, (_, index) => put(list, start + index));
    await service.client.batchWriteRow({ tables: [{ tableName, rows }] });
  }
}

const range = (asked: object = {}) =>
  service.client.getRange({
    tableName,
    direction: FORWARD,
    inclusiveStartPrimaryKey: [{ list: INF_MIN }, { n: INF_MIN }],
    exclusiveEndPrimaryKey: [{ list: INF_MAX }, { n: INF_MAX }],
    ...asked,
  });
const back = {
  direction: BACKWARD,
  inclusiveStartPrimaryKey: [{ list: INF_MAX }, { n: INF_MAX }],
  exclusiveEndPrimaryKey: [{ list: INF_MIN }, { n: INF_MIN }],
};
const keys = async (asked: object = {}) =>
  (await range(asked)).rows.map(({ primaryKey }) => plainKey(primaryKey).join(''));
const sent = (key: readonly KeyCell[]) => key.map(({ name, value }) => ({ [name]: value }));

describe('GetRange', () => {
  it('reads rows in the order of their keys, in either direction', async () => {
    expect(await keys()).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'b0', 'b1', 'b2']);
    expect(await keys(back)).toEqual(['b2', 'b1', 'b0', 'a4', 'a3', 'a2', 'a1', 'a0']);
  });

  it('begins at its start and ends before its end', async () => {
    const from = (n: unknown, list = 'a') => [{ list }, { n }];
    expect(
      await keys({
        inclusiveStartPrimaryKey: from(long(1)),
        exclusiveEndPrimaryKey: from(long(3)),
      }),
    ).toEqual(['a1', 'a2']);
    expect(
      await keys({
        direction: BACKWARD,
        inclusiveStartPrimaryKey: from(long(3)),
        exclusiveEndPrimaryKey: from(long(1)),
      }),
    ).toEqual(['a3', 'a2']);
    expect(
      await keys({
        inclusiveStartPrimaryKey: from(INF_MIN, 'b'),
        exclusiveEndPrimaryKey: from(INF_MAX, 'b'),
      }),
    ).toEqual(['b0', 'b1', 'b2']);
  });

  it.each([
    ['forward', {}],
    ['backward', back],
  ])('reads every row once, page by page, %s', async (_way, asked) => {
    const seen: string[] = [];
    let start: object = {};
    for (;;) {
      const { rows, nextStartPrimaryKey } = await range({ ...asked, ...start, limit: 3 });
      seen.push(...rows.map(({ primaryKey }) => plainKey(primaryKey).join('')));
      if (!nextStartPrimaryKey) break;
      expect(rows).toHaveLength(3);
      start = { inclusiveStartPrimaryKey: sent(nextStartPrimaryKey) };
    }
    expect(seen).toEqual(await keys(asked));
  });

  it('says that there is no more when a page ends with the range', async () => {
    expect((await range({ limit: 8 })).nextStartPrimaryKey).toBeNull();
    expect((await range({ limit: 7 })).nextStartPrimaryKey).not.toBeNull();
  });

  it('gives what passes a filter, and counts it alone against the limit', async () => {
    const odd = new TableStore.SingleColumnCondition(
      'odd',
      true,
      TableStore.ComparatorType.EQUAL,
      false,
    );
    expect(await keys({ columnFilter: odd })).toEqual(['a1', 'a3', 'b1']);
    expect(await keys({ columnFilter: odd, limit: 2 })).toEqual(['a1', 'a3']);
  });

  it('leaves out rows with none of the columns that are named', async () => {
    await service.client.putRow({
      tableName,
      condition: ignore(),
      primaryKey: [{ list: 'c' }, { n: long(0) }],
      attributeColumns: [{ other: 'x' }],
    });
    expect(await keys({ columnsToGet: ['other'] })).toEqual(['c0']);
    await service.client.deleteRow({
      tableName,
      condition: ignore(),
      primaryKey: [{ list: 'c' }, { n: long(0) }],
    });
  });

  it('orders texts by their UTF-8 bytes', async () => {
    const texts = await service.table([{ name: 'id', type: 'STRING' }]);
    for (const id of ['\u{1f600}', '\uffee', 'a', 'é', '', 'aa'])
      await service.client.putRow({
        tableName: texts,
        condition: ignore(),
        primaryKey: [{ id }],
        attributeColumns: [],
      });
    const { rows } = await range({
      tableName: texts,
      inclusiveStartPrimaryKey: [{ id: INF_MIN }],
      exclusiveEndPrimaryKey: [{ id: INF_MAX }],
    });
    expect(rows.map(({ primaryKey }) => plainKey(primaryKey)[0])).toEqual([
      '',
      'a',
      'aa',
      'é',
      '\uffee',
      '\u{1f600}',
    ]);
  });

  it('ends a page after 5000 rows, whether a filter kept any or not', async () => {
    await fill('z', 5_100);
    const start = { inclusiveStartPrimaryKey: [{ list: 'z' }, { n: INF_MIN }] };
    const page = await range(start);
    expect(page.rows).toHaveLength(5_000);
    expect(plainKey(page.nextStartPrimaryKey)).toEqual(['z', 5_000]);
    const none = new TableStore.SingleColumnCondition(
      'title',
      'none',
      TableStore.ComparatorType.EQUAL,
      false,
    );
    const filtered = await range({ ...start, columnFilter: none });
    expect(filtered.rows).toHaveLength(0);
    expect(plainKey(filtered.nextStartPrimaryKey)).toEqual(['z', 5_000]);
  });

  it('ends a page when it has read 4 MB', async () => {
    const large = 'x'.repeat(1024 * 1024);
    for (let n = 0; n < 6; n += 1)
      await service.client.batchWriteRow({
        tables: [{ tableName, rows: [put('zz', n, large)] }],
      });
    const page = await range({ inclusiveStartPrimaryKey: [{ list: 'zz' }, { n: INF_MIN }] });
    expect(page.rows).toHaveLength(4);
    expect(plainKey(page.nextStartPrimaryKey)).toEqual(['zz', 4]);
    expect(page.consumed.capacityUnit.read).toBe(1025);
  });

  it.each([
    [
      'a range that goes the other way',
      { direction: BACKWARD },
      'Begin key must more than end key in BACKWARD.',
    ],
    [
      'the same, forward',
      { ...back, direction: FORWARD },
      'Begin key must less than end key in FORWARD.',
    ],
    [
      'a range of nothing',
      {
        inclusiveStartPrimaryKey: [{ list: 'a' }, { n: long(1) }],
        exclusiveEndPrimaryKey: [{ list: 'a' }, { n: long(1) }],
      },
      'Begin key must less than end key in FORWARD.',
    ],
    ['a negative limit', { limit: -1 }, 'The limit must be greater than 0.'],
  ])('refuses %s', async (_what, asked, message) => {
    expect(await failure(range(asked))).toEqual(invalid(message));
  });

  it('refuses a bound that is no key of the table', async () => {
    const bound = { inclusiveStartPrimaryKey: [{ list: long(1) }, { n: INF_MIN }] };
    expect(await failure(range(bound))).toMatchObject({ code: 'OTSInvalidPK' });
  });

  it('knows no other table', async () => {
    expect(await failure(range({ tableName: 'nowhere' }))).toEqual(noSuchTable);
  });
});
