import { describe, expect, it } from 'vitest';
import { encodeFrame, readFrames } from './frames.ts';

const text = (...records: string[]) => encodeFrame(records.map((record) => Buffer.from(record)));
const FILE = Buffer.concat([text('one', 'two'), text('three'), text('four')]);
const read = (file: Uint8Array) => {
  const { contents, size, rest } = readFrames(file, 0);
  return { contents: contents.map((content) => Buffer.from(content).toString()), size, rest };
};

describe('frames', () => {
  it('are read as they were written, records of one frame joined', () => {
    expect(read(FILE)).toEqual({
      contents: ['onetwo', 'three', 'four'],
      size: FILE.length,
      rest: 'none',
    });
    expect(read(Buffer.alloc(0))).toEqual({ contents: [], size: 0, rest: 'none' });
  });

  it('are torn when the file ends within the last one, wherever', () => {
    const whole = FILE.length - text('four').length;
    for (let length = whole + 1; length < FILE.length; length += 1)
      expect(read(FILE.subarray(0, length)), `${length} bytes`).toEqual({
        contents: ['onetwo', 'three'],
        size: whole,
        rest: 'torn',
      });
  });

  it('are torn when the last one has a byte that was not written, or only zeros', () => {
    const whole = FILE.length - text('four').length;
    for (let index = whole; index < FILE.length; index += 1) {
      const changed = Buffer.from(FILE);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const kept = { contents: ['onetwo', 'three'], size: whole, rest: 'torn' };
      expect(read(changed), `byte ${index}`).toEqual(kept);
      expect(read(Buffer.from(FILE).fill(0, index)), `zeros from ${index}`).toEqual(kept);
    }
  });

  it('are damaged when one before the last is not what was written', () => {
    const changed = Buffer.from(FILE);
    changed[9] = 0;
    expect(read(changed)).toEqual({ contents: [], size: 0, rest: 'damaged' });
  });
});
