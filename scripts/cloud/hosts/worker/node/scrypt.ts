import { scrypt as run, scryptAsync } from '@noble/hashes/scrypt.js';
import { Buffer } from './buffer.ts';

type Data = string | ArrayBufferView;

export interface ScryptOptions {
  readonly N?: number;
  readonly r?: number;
  readonly p?: number;
  readonly cost?: number;
  readonly blockSize?: number;
  readonly parallelization?: number;
  readonly maxmem?: number;
}

type Callback = (error: Error | null, key?: Buffer) => void;

/** Node's own, as is what it says of them. */
const MAX_MEMORY_BYTES = 32 * 1024 * 1024;
/** How long the program may do nothing else, in milliseconds: Node hashes on other threads. */
const SLICE_MS = 10;

export function scrypt(
  password: Data,
  salt: Data,
  length: number,
  options: ScryptOptions | Callback,
  callback?: Callback,
): void {
  const [given, done] = typeof options === 'function' ? [{}, options] : [options, callback];
  const parameters = parametersOf(given, length);
  scryptAsync(bytesOf(password), bytesOf(salt), { ...parameters, asyncTick: SLICE_MS }).then(
    (key) => done?.(null, Buffer.from(key)),
    (error: unknown) => done?.(error as Error),
  );
}

export function scryptSync(
  password: Data,
  salt: Data,
  length: number,
  options: ScryptOptions = {},
): Buffer {
  return Buffer.from(run(bytesOf(password), bytesOf(salt), parametersOf(options, length)));
}

function parametersOf(options: ScryptOptions, dkLen: number) {
  const N = options.N ?? options.cost ?? 16_384;
  const r = options.r ?? options.blockSize ?? 8;
  const p = options.p ?? options.parallelization ?? 1;
  const maxmem = options.maxmem ?? MAX_MEMORY_BYTES;
  // OpenSSL's own sum: the blocks of all lanes, and the table of one.
  const memory = 128 * p * r + 128 * r * (N + 2);
  if (N < 2 || (N & (N - 1)) !== 0) throw invalid();
  if (memory > maxmem)
    throw invalid(': error:030000AC:digital envelope routines::memory limit exceeded');
  return { N, r, p, dkLen, maxmem: Math.max(maxmem, memory * 2) };
}

function invalid(why = ''): Error {
  return Object.assign(new RangeError(`Invalid scrypt params${why}`), {
    code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS',
  });
}

function bytesOf(data: Data): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
