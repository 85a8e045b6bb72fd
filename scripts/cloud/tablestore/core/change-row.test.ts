import { describe, expect, it } from 'vitest';
import { changeRow } from './change-row.ts';
import { CELL_OPERATION } from './plain-buffer.ts';
import type { Row } from './row.ts';

const put = (before: Row | undefined, value: string, timestamp: number) =>
  changeRow(['a'], before, [{ name: 'c', value, timestamp }], { maxVersions: 2, now: 0 }).row;

describe('a change of a row', () => {
  it('keeps no more versions than the table has room for', () => {
    let row: Row | undefined;
    for (const timestamp of [1, 2, 3]) row = put(row, `${timestamp}`, timestamp);
    expect(row?.columns).toEqual([
      {
        name: 'c',
        versions: [
          { timestamp: 3, value: '3' },
          { timestamp: 2, value: '2' },
        ],
      },
    ]);
    expect(row?.bytes).toBe(5);
  });

  it('leaves the row that was there as it was', () => {
    const before = put(undefined, 'x', 1);
    const copy = structuredClone(before);
    put(before, 'y', 2);
    changeRow(['a'], before, [{ name: 'c', operation: CELL_OPERATION.deleteAll }], {
      maxVersions: 2,
      now: 0,
    });
    expect(before).toEqual(copy);
  });
});
