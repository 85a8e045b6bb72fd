/** x^8 + x^2 + x + 1, initial value 0, not reflected, no final xor. */
const POLYNOMIAL = 0x07;

const TABLE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = (remainder << 1) ^ (remainder & 0x80 ? POLYNOMIAL : 0);
  }
  return remainder & 0xff;
});

/**
 * PlainBuffer's checksum of one more byte.
 *
 * @example crc8Byte(0, 1) // 7
 */
export function crc8Byte(checksum: number, byte: number): number {
  return TABLE[(checksum ^ byte) & 0xff] ?? 0;
}

/**
 * PlainBuffer's checksum of more bytes.
 *
 * @example crc8(0, new TextEncoder().encode('123456789')) // 0xf4
 */
export function crc8(checksum: number, bytes: Uint8Array): number {
  let result = checksum;
  for (const byte of bytes) result = TABLE[result ^ byte] ?? 0;
  return result;
}
