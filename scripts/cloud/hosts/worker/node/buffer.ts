import module from 'buffer/index.js';

export const { Buffer, kMaxLength, constants } = module;
export const { atob, btoa, Blob, File } = globalThis;

/**
 * Whether bytes are UTF-8.
 *
 * @example isUtf8(new Uint8Array([0xff])) // false
 */
export function isUtf8(bytes: Uint8Array | ArrayBuffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether bytes are ASCII. */
export function isAscii(bytes: Uint8Array | ArrayBuffer): boolean {
  return new Uint8Array(
    bytes instanceof ArrayBuffer ? bytes : bytes.buffer,
    bytes instanceof ArrayBuffer ? 0 : bytes.byteOffset,
    bytes.byteLength,
  ).every((byte) => byte < 0x80);
}

export default { Buffer, kMaxLength, constants, atob, btoa, Blob, File, isUtf8, isAscii };
