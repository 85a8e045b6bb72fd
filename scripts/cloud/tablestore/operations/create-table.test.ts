import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, invalid } from '../testing/failure.ts';
import { openService, REMOTE, type Service } from '../testing/service.ts';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const KEY = { name: 'id', type: 'STRING' };
const OPTIONS = { timeToLive: -1, maxVersions: 1 };
const THROUGHPUT = { capacityUnit: { read: 0, write: 0 } };

function create(meta: object, options: object = OPTIONS, throughput: object = THROUGHPUT) {
  return service.client.createTable({
    tableMeta: { tableName: 'refused', primaryKey: [KEY], ...meta },
    tableOptions: options,
    reservedThroughput: throughput,
  });
}

describe('CreateTable', () => {
  it('creates a table that describes itself as it was asked for', async () => {
    const tableName = await service.table(
      [
        { name: 'user', type: 'STRING' },
        { name: 'at', type: 'INTEGER' },
        { name: 'raw', type: 'BINARY' },
        { name: 'number', type: 'INTEGER', option: 'AUTO_INCREMENT' },
      ],
      { maxVersions: 3 },
    );
    const { tableMeta, tableOptions } = await service.client.describeTable({ tableName });
    expect(tableMeta.primaryKey.map(({ name, type }) => [name, type])).toEqual([
      ['user', 2],
      ['at', 1],
      ['raw', 3],
      ['number', 1],
    ]);
    expect(tableMeta.primaryKey[3]?.option).toBe(1);
    expect(tableOptions).toMatchObject({ timeToLive: -1, maxVersions: 3 });
  });

  it('refuses a table that is there', async () => {
    const tableName = await service.table([KEY]);
    expect(await failure(create({ tableName }))).toEqual({
      status: 409,
      code: 'OTSObjectAlreadyExist',
      message: 'Requested table already exists.',
    });
  });

  it.each([
    ['a name that begins with a digit', { tableName: '1st' }, 'Invalid table name: 1st.'],
    ['no key', { primaryKey: [] }, 'The number of primary key columns must be in range: [1, 4].'],
    [
      'five key columns',
      { primaryKey: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, type: 'STRING' })) },
      'The number of primary key columns must be in range: [1, 4].',
    ],
    ['a key column twice', { primaryKey: [KEY, KEY] }, "Duplicated primary key name: 'id'."],
    [
      'a name with a space',
      { primaryKey: [{ name: 'a b', type: 'STRING' }] },
      'Invalid column name: a b.',
    ],
    [
      'numbers of its own choice in the first column',
      { primaryKey: [{ name: 'id', type: 'INTEGER', option: 'AUTO_INCREMENT' }] },
      "first primary key can't be AUTO_INCREMENT.",
    ],
    [
      'texts of its own choice',
      { primaryKey: [KEY, { name: 'n', type: 'STRING', option: 'AUTO_INCREMENT' }] },
      'AUTO_INCREMENT primary key must be integer.',
    ],
    [
      'two columns of its own choice',
      {
        primaryKey: [
          KEY,
          ...['m', 'n'].map((name) => ({ name, type: 'INTEGER', option: 'AUTO_INCREMENT' })),
        ],
      },
      'AUTO_INCREMENT primary key count must <= 1.',
    ],
  ])('refuses %s', async (_what, meta, message) => {
    expect(await failure(create(meta))).toEqual(invalid(message));
  });

  it.each([
    ['no time to live', { maxVersions: 1 }, 'Time-to-live is missing while creating table.'],
    ['no versions', { timeToLive: -1 }, 'MaxVersions is missing while creating table.'],
    [
      'a time to live of 0',
      { timeToLive: 0, maxVersions: 1 },
      'TimeToLive cannot be 0 or less than -1.',
    ],
    [
      'no room for a version',
      { timeToLive: -1, maxVersions: 0 },
      'The maximum versions cannot be less than or equal to 0.',
    ],
  ])('refuses %s', async (_what, options, message) => {
    expect(await failure(create({}, options))).toEqual(invalid(message));
  });

  it('refuses a negative throughput', async () => {
    const answer = await failure(create({}, OPTIONS, { capacityUnit: { read: -1, write: 0 } }));
    expect(answer).toEqual(
      invalid('Invalid Capacity Unit:-1 . Capacity Unit must be nonnegative.'),
    );
  });

  it.skipIf(REMOTE)('refuses more than 64 tables', async () => {
    const crowded = await openService();
    try {
      for (let count = 0; count < 64; count += 1) await crowded.table([KEY]);
      expect(await failure(crowded.table([KEY]))).toEqual({
        status: 403,
        code: 'OTSQuotaExhausted',
        message: 'Number of tables exceeded the quota.',
      });
    } finally {
      await crowded.close();
    }
  });
});
