import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { Buffer } from './buffer.ts';
import { scrypt, scryptSync } from './scrypt.ts';

const ALGORITHMS = { md5, sha1, sha224, sha256, sha384, sha512 } as const;

type Data = string | ArrayBufferView;
type Running = { update(bytes: Uint8Array): unknown; digest(): Uint8Array };

/** A hash or an HMAC that is fed piece by piece. */
class Digest {
  #running: Running | undefined;

  constructor(running: Running) {
    this.#running = running;
  }

  update(data: Data, encoding?: BufferEncoding): this {
    this.#live().update(bytesOf(data, encoding));
    return this;
  }

  digest(): Buffer;
  digest(encoding: string): string;
  digest(encoding?: string): Buffer | string {
    const digest = Buffer.from(this.#live().digest());
    this.#running = undefined;
    if (encoding === undefined || encoding === 'buffer') return digest;
    return digest.toString(encoding as BufferEncoding);
  }

  #live(): Running {
    if (this.#running) return this.#running;
    throw Object.assign(new Error('Digest already called'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
  }
}

export function createHash(algorithm: string): Digest {
  return new Digest(find(algorithm).create());
}

export function createHmac(algorithm: string, key: Data): Digest {
  return new Digest(hmac.create(find(algorithm), bytesOf(key)));
}

export function hash(algorithm: string, data: Data, encoding = 'hex'): string | Buffer {
  return createHash(algorithm).update(data).digest(encoding);
}

export function timingSafeEqual(one: ArrayBufferView, other: ArrayBufferView): boolean {
  if (one.byteLength !== other.byteLength)
    throw Object.assign(new RangeError('Input buffers must have the same byte length'), {
      code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
    });
  const [left, right] = [bytesOf(one), bytesOf(other)];
  return (
    left.reduce((difference, byte, index) => difference | (byte ^ (right[index] ?? 0)), 0) === 0
  );
}

/** As much as a browser gives at once. */
const MOST_RANDOM_BYTES = 65_536;

export function randomBytes(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += MOST_RANDOM_BYTES)
    globalThis.crypto.getRandomValues(bytes.subarray(at, at + MOST_RANDOM_BYTES));
  return bytes;
}

export const randomUUID = (): string => globalThis.crypto.randomUUID();
export const getHashes = (): string[] => Object.keys(ALGORITHMS);
export const webcrypto = globalThis.crypto;
export const { subtle } = globalThis.crypto;
export const getRandomValues = <Values extends Uint8Array<ArrayBuffer>>(values: Values): Values =>
  globalThis.crypto.getRandomValues(values);

function find(algorithm: string): (typeof ALGORITHMS)[keyof typeof ALGORITHMS] {
  const name = algorithm.toLowerCase().replace('-', '');
  if (Object.hasOwn(ALGORITHMS, name)) return ALGORITHMS[name as keyof typeof ALGORITHMS];
  throw Object.assign(new Error('Digest method not supported'), {
    code: 'ERR_CRYPTO_INVALID_DIGEST',
  });
}

function bytesOf(data: Data, encoding?: BufferEncoding): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, encoding);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

export { scrypt, scryptSync };

export default {
  scrypt,
  scryptSync,
  createHash,
  createHmac,
  hash,
  timingSafeEqual,
  randomBytes,
  randomUUID,
  getHashes,
  webcrypto,
  subtle,
  getRandomValues,
};
