import { describe, expect, it } from 'vitest';
import {
  boolean,
  bytes,
  decodeMessage,
  encodeMessage,
  integer,
  message,
  optional,
  repeated,
  required,
  text,
} from './protobuf.ts';

const Inner = { name: required(1, text) };
const Outer = {
  number: required(1, integer),
  label: optional(2, text),
  inners: repeated(3, message(Inner)),
  raw: optional(4, bytes),
  flag: optional(20, boolean),
};

describe('a message', () => {
  it.each([
    [{ number: 0, inners: [] }],
    [{ number: -1, label: '', inners: [{ name: 'a' }, { name: 'b'.repeat(300) }] }],
    [{ number: 2 ** 53 - 1, label: '\ufeff键 \u{1f600}, long enough', inners: [], flag: false }],
    [{ number: -(2 ** 31), raw: Uint8Array.of(0, 1, 255), inners: [], flag: true }],
  ])('is read as it was written: %j', (value) => {
    expect(decodeMessage(Outer, encodeMessage(Outer, value))).toEqual(value);
  });

  it('writes -1 as ten bytes, as protobuf does', () => {
    expect(encodeMessage(Outer, { number: -1, inners: [] })).toEqual(
      Uint8Array.of(8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1),
    );
  });

  it('skips fields that it does not know, of every wire type', () => {
    const unknown = [0x28, 0x05, 0x31, 1, 2, 3, 4, 5, 6, 7, 8, 0x3a, 2, 9, 9, 0x45, 1, 2, 3, 4];
    expect(decodeMessage(Outer, Uint8Array.of(...unknown, 0x08, 7))).toEqual({
      number: 7,
      inners: [],
    });
  });

  it.each([
    ['a required field missing', []],
    ['a required field missing in a message within', [0x08, 1, 0x1a, 0]],
    ['a number cut', [0x08, 0x80]],
    ['a number of eleven bytes', [0x08, ...Array.from({ length: 10 }, () => 0xff), 1]],
    ['a text that ends after the message', [0x08, 1, 0x12, 5, 0x61]],
    ['a text of 2^63 bytes', [0x08, 1, 0x12, ...Array.from({ length: 9 }, () => 0xff), 1]],
    ['an unknown field that ends after it', [0x08, 1, 0x3a, 5, 9]],
    ['an unknown number that is cut', [0x08, 1, 0x28]],
    ['a field of another type', [0x0d, 1, 2, 3, 4]],
    ['a group', [0x08, 1, 0x2b]],
    ['a field without a number', [0x08, 1, 0x00, 1]],
    ['a text that is no UTF-8', [0x08, 1, 0x12, 1, 0xff]],
  ])('is refused with %s', (_what, body) => {
    expect(() => decodeMessage(Outer, Uint8Array.from(body))).toThrow();
  });
});
