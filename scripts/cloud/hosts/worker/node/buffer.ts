import module from 'buffer/index.js';

export const { Buffer, kMaxLength, constants } = module;
teachBase64url(Buffer);
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

/** What an encoding is handed to, whichever of its forms is called. */
type Encoder<Result> = (...given: unknown[]) => Result;

/** The package reads both alphabets as base64, but knows the second neither by its name nor writes it. */
function teachBase64url(known: typeof Buffer): void {
  const from = known.from.bind(known) as Encoder<Buffer>;
  const byteLength = known.byteLength.bind(known) as Encoder<number>;
  const isEncoding = known.isEncoding.bind(known);
  const { write, toString } = known.prototype as {
    readonly write: Encoder<number>;
    readonly toString: Encoder<string>;
  };
  Object.assign(known, {
    from: (value: unknown, ...rest: unknown[]) => from(value, ...rest.map(asBase64)),
    byteLength: (value: unknown, ...rest: unknown[]) => byteLength(value, ...rest.map(asBase64)),
    isEncoding: (name: string) => isBase64url(name) || isEncoding(name),
  });
  Object.assign(known.prototype, {
    write(this: Buffer, text: string, ...rest: unknown[]) {
      return write.call(this, text, ...rest.map(asBase64));
    },
    toString(this: Buffer, encoding?: unknown, ...range: unknown[]) {
      if (!isBase64url(encoding)) return toString.call(this, encoding, ...range);
      const text = toString.call(this, 'base64', ...range);
      return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    },
  });
}

function asBase64(value: unknown): unknown {
  return isBase64url(value) ? 'base64' : value;
}

function isBase64url(value: unknown): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'base64url';
}

export default { Buffer, kMaxLength, constants, atob, btoa, Blob, File, isUtf8, isAscii };
