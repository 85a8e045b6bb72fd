import { describe, expect, it } from 'vitest';
import { decodeRecord, encodeRecord } from './record.ts';
import { makeRow } from './row.ts';
import { type Effect, Tables } from './tables.ts';

const DESCRIBED: Effect = {
  type: 'describe-table',
  description: {
    name: 'todos',
    keyColumns: [
      { name: 'list', type: 2 },
      { name: 'n', type: 1, option: 1 },
    ],
    definedColumns: [{ name: 'title', type: 4 }],
    options: { timeToLive: -1, maxVersions: 3, deviationSeconds: 86_400, allowUpdate: false },
    throughput: { read: 1, write: 2 },
    throughputChanged: 1_700_000_000,
  },
  lastKey: 4,
};
const ROW = makeRow(
  ['a', 7n],
  new Map([
    [
      'title',
      [
        { timestamp: 2, value: 'milk' },
        { timestamp: 1, value: 1.5 },
      ],
    ],
    ['raw', [{ timestamp: 3, value: Uint8Array.of(1, 2) }]],
  ]),
);
const PUT: Effect = { type: 'put-row', table: 'todos', row: ROW, lastKey: 7 };
const DELETED: Effect = { type: 'delete-row', table: 'todos', key: ['a', 7n] };
const DROPPED: Effect = { type: 'delete-table', table: 'todos' };

describe('a record', () => {
  it('gives back the effects that were put into it, in order', () => {
    const effects = [DESCRIBED, PUT, DELETED, DROPPED];
    expect(decodeRecord(encodeRecord(effects))).toEqual(effects);
  });

  it('is one with the next when they are joined', () => {
    const joined = Buffer.concat([encodeRecord([DESCRIBED]), encodeRecord([PUT, DELETED])]);
    expect(decodeRecord(joined)).toEqual([DESCRIBED, PUT, DELETED]);
  });

  it('makes the same tables of their own effects, the next number included', () => {
    const tables = new Tables();
    for (const effect of [DESCRIBED, PUT, DELETED, { ...PUT, lastKey: 9 }]) tables.apply(effect);
    const again = new Tables();
    for (const effect of tables.effects())
      for (const read of decodeRecord(encodeRecord([effect]))) again.apply(read);
    expect([...again.effects()]).toEqual([...tables.effects()]);
    expect(again.get('todos').lastKey).toBe(9);
    expect(again.get('todos').rows.get(['a', 7n])).toEqual(ROW);
  });

  it('changes nothing when it is applied again', () => {
    const once = new Tables();
    const twice = new Tables();
    const effects = [DESCRIBED, PUT, DROPPED, DESCRIBED, { ...PUT, lastKey: 8 }];
    for (const effect of effects) once.apply(effect);
    for (const effect of [...effects, ...effects]) twice.apply(effect);
    expect([...twice.effects()]).toEqual([...once.effects()]);
  });
});
