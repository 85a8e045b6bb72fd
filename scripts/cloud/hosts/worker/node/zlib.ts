import { Buffer } from './buffer.ts';
import { Transform } from './stream.ts';

/** A browser decompresses these; brotli it does not, and nothing here compresses. */
type Format = 'gzip' | 'deflate' | 'deflate-raw';

class Decompression extends Transform {
  readonly #writer: WritableStreamDefaultWriter<BufferSource>;
  readonly #done: Promise<void>;

  constructor(format: Format) {
    super();
    const { readable, writable } = new DecompressionStream(format);
    this.#writer = writable.getWriter();
    this.#done = this.#read(readable.getReader());
    this.#done.catch((error: unknown) => this.destroy(asZlibError(error)));
    // Its end comes with `#done`, and so does the way it fails.
    this.#writer.closed.catch(() => undefined);
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      this.push(Buffer.from(part.value));
  }

  override _transform(chunk: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    this.#writer.write(new Uint8Array(chunk)).then(
      () => done(),
      (error: unknown) => done(asZlibError(error)),
    );
  }

  override _flush(done: (error?: Error) => void): void {
    this.#writer.close().catch(() => undefined);
    this.#done.then(
      () => done(),
      (error: unknown) => done(asZlibError(error)),
    );
  }
}

/** The codes that callers look at; the browser does not say which fault it was. */
function asZlibError(error: unknown): Error {
  return Object.assign(new Error((error as Error).message, { cause: error }), {
    code: 'Z_DATA_ERROR',
    errno: -3,
  });
}

export const createGunzip = (): Transform => new Decompression('gzip');
export const createInflate = (): Transform => new Decompression('deflate');
export const createInflateRaw = (): Transform => new Decompression('deflate-raw');
export default { createGunzip, createInflate, createInflateRaw };
