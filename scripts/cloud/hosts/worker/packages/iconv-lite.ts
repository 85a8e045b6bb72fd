// In the place of the package iconv-lite, whose tables alone are 490 kB: the browser knows these encodings.
import { Buffer } from '../node/buffer.ts';

/** Two names by which body-parser asks for what a browser calls otherwise. */
const ALIASES: Readonly<Record<string, string>> = { binary: 'latin1', ucs2: 'utf-16le' };

function open(encoding: string): TextDecoder {
  try {
    return new TextDecoder(ALIASES[encoding.toLowerCase()] ?? encoding);
  } catch {
    // raw-body tells an unknown encoding by these words.
    throw new Error(`Encoding not recognized: '${encoding}' (searched as: '${encoding}')`);
  }
}

export function encodingExists(encoding: string): boolean {
  try {
    return Boolean(open(encoding));
  } catch {
    return false;
  }
}

/** A decoder that is fed piece by piece. */
export function getDecoder(encoding: string): { write(bytes: Uint8Array): string; end(): string } {
  const decoder = open(encoding);
  return {
    write: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}

export const decode = (bytes: Uint8Array, encoding: string): string => open(encoding).decode(bytes);
export const encode = (text: string): Buffer => Buffer.from(text);

export default { encodingExists, getDecoder, decode, encode };
