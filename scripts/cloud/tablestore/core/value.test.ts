import { describe, expect, it } from 'vitest';
import { textBytes } from './bytes.ts';
import { crc8 } from './crc8.ts';
import { compareKeys, compareValues, INF_MAX, INF_MIN } from './value.ts';

describe('the order of values', () => {
  it('is that of bytes for texts, which JavaScript does not have', () => {
    const texts = [
      '',
      'a',
      'aa',
      'b',
      'é',
      '键',
      '\ud7ff',
      '\ue000',
      '\uffee',
      '\u{10000}',
      '\u{1f600}',
    ];
    for (const a of texts)
      for (const b of texts)
        expect(compareValues(a, b), `${a} and ${b}`).toBe(
          Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))),
        );
  });

  it('is none between types', () => {
    expect(compareValues(1n, 1)).toBeUndefined();
    expect(compareValues('1', Uint8Array.of(0x31))).toBeUndefined();
    expect(compareValues(true, 1n)).toBeUndefined();
  });

  it('puts every key between the ends', () => {
    for (const key of [-(2n ** 63n), '', Uint8Array.of(255)]) {
      expect(compareKeys([INF_MIN], [key])).toBeLessThan(0);
      expect(compareKeys([INF_MAX], [key])).toBeGreaterThan(0);
    }
    expect(compareKeys(['a', INF_MAX], ['b', INF_MIN])).toBeLessThan(0);
    expect(compareKeys([INF_MIN], [INF_MIN])).toBe(0);
  });
});

describe('bytes', () => {
  it('are counted as UTF-8', () => {
    for (const text of ['', 'a', 'é', '键', '\u{1f600}', '\ud7ff\ue000', 'mixed 键\u{1f600}é'])
      expect(textBytes(text), text).toBe(Buffer.byteLength(text));
  });

  it('are summed by CRC-8 with polynomial 7', () => {
    expect(crc8(0, new TextEncoder().encode('123456789'))).toBe(0xf4);
  });
});
