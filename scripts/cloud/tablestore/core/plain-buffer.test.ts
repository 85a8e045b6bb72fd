import { describe, expect, it } from 'vitest';
import { CELL_OPERATION, type PlainRow } from './plain-buffer.ts';
import { readRow, readValue } from './read-plain-buffer.ts';
import { AUTO_INCREMENT, INF_MAX, INF_MIN } from './value.ts';
import { writeRows } from './write-plain-buffer.ts';

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Bytes that the official SDKs sent. */
const GOLDEN: readonly (readonly [string, string, PlainRow])[] = [
  [
    'the deletion of a row',
    '75000000 01 03 04 02000000 6964 05 09000000 00 0100000000000000 0a0a 08 0985',
    { key: [{ name: 'id', value: 1n }], cells: [], deleteMarker: true },
  ],
  [
    'an end of a range',
    '75000000010304010000006b0501000000090a5d09e5',
    { key: [{ name: 'k', value: INF_MIN }], cells: [], deleteMarker: false },
  ],
  [
    'the deletion of a column',
    '75000000010304010000006b05060000000301000000610a51020304010000006306010acd094b',
    {
      key: [{ name: 'k', value: 'a' }],
      cells: [{ name: 'c', operation: CELL_OPERATION.deleteAll }],
      deleteMarker: false,
    },
  ],
];

describe('PlainBuffer', () => {
  it.each(GOLDEN)('reads and writes %s as the SDKs do', (_what, hex, row) => {
    expect(readRow(bytesOf(hex))).toEqual(row);
    expect(hexOf(writeRows([row]))).toBe(hex.replaceAll(' ', ''));
  });

  it('ignores what follows the row, which the SDKs pad', () => {
    expect(readRow(bytesOf(`${GOLDEN[1]?.[1]}00`))).toEqual(GOLDEN[1]?.[2]);
  });

  it('reads what it writes, of every type', () => {
    const row: PlainRow = {
      key: [
        { name: 'a', value: -(2n ** 63n) },
        { name: 'b', value: '\ufeff键\u{1f600}' },
        { name: 'c', value: Uint8Array.of(0, 255) },
        { name: 'd', value: AUTO_INCREMENT },
        { name: 'e', value: INF_MAX },
      ],
      cells: [
        { name: 'n', value: 2n ** 63n - 1n, timestamp: 1_700_000_000_123 },
        { name: 'd', value: -1.5e300 },
        { name: 't', value: true },
        { name: 'f', value: false },
        { name: 'i', value: 1n, operation: CELL_OPERATION.increment, timestamp: 5 },
        { name: 'o', operation: CELL_OPERATION.deleteOne, timestamp: 7 },
      ],
      deleteMarker: false,
    };
    expect(readRow(writeRows([row]))).toEqual(row);
  });

  it('keeps no more of a request alive than it needs', () => {
    const request = Buffer.from(bytesOf('07 02000000 0102'));
    const value = readValue(request);
    request.fill(0);
    expect(value).toEqual(Uint8Array.of(1, 2));
  });

  it('writes no rows as no bytes', () => {
    expect(writeRows([])).toEqual(new Uint8Array());
  });

  it('reads a value by itself', () => {
    expect(readValue(bytesOf('03 03000000 e994ae'))).toBe('键');
  });

  it('refuses every row with one byte changed, or that ends early', () => {
    const whole = bytesOf(GOLDEN[2]?.[1] ?? '');
    for (let index = 0; index < whole.length; index += 1) {
      const changed = whole.slice();
      changed[index] = (changed[index] ?? 0) ^ 0x10;
      expect(() => readRow(changed), `byte ${index} changed`).toThrow();
      expect(() => readRow(whole.slice(0, index)), `cut at ${index}`).toThrow();
    }
  });

  it.each([
    ['another header', '76000000', 'Cell data broken, mismatch header, actual: 118 , expect: 117.'],
    ['no key', '75000000 09 00', 'Cell data broken, PK is empty.'],
    [
      'a wrong checksum of a cell',
      '75000000 01 03 04 01000000 6b 05 01000000 09 0a 5e 09e5',
      'Cell data broken, checksum is mismatch, 94 :93 :',
    ],
    [
      'a wrong checksum of the row',
      '75000000 01 03 04 01000000 6b 05 01000000 09 0a 5d 09e6',
      'Cell data broken, checksum is mismatch, 230 :229 :',
    ],
    [
      'no checksum of the row',
      '75000000 01 03 04 01000000 6b 05 01000000 09 0a 5d',
      'Cell data broken, row is not end with checksum tag.',
    ],
    [
      'an unknown type',
      '75000000 01 03 04 01000000 6b 05 01000000 06',
      'data format is invalid, unknown variant type occured.',
    ],
    ['a name of 4 GB', '75000000 01 03 04 ffffffff 6b', 'data format is invalid.'],
    [
      'a value longer than it says',
      '75000000 01 03 04 01000000 6b 05 00000000 09 0a 5d 09e5',
      "Cell data broken, has more data in cell, but they can't be parsed.",
    ],
    [
      'a text that is no UTF-8',
      '75000000 01 03 04 01000000 6b 05 06000000 03 01000000 ff',
      'Value of column k must be UTF8 encoding.',
    ],
    [
      'an unknown operation',
      '75000000 01 03 04 01000000 6b 05 01000000 09 06 02',
      'Invalid op type of cell: 2.',
    ],
  ])('refuses %s by name', (_what, hex, message) => {
    expect(() => readRow(bytesOf(hex))).toThrow(message);
  });
});
