import { Buffer } from './buffer.ts';
import * as disk from './fs-disk.ts';
import * as promises from './fs-promises.ts';
import { absolute, type Path } from './fs-sync.ts';
import { Readable, Writable } from './stream.ts';

/** As much of a file as a stream gives at once, in bytes: Node's own. */
const CHUNK_BYTES = 64 * 1024;

interface ReadOptions {
  readonly start?: number;
  readonly end?: number;
  readonly encoding?: BufferEncoding;
}

/** A file as a stream. */
export class ReadStream extends Readable {
  readonly path: Path;
  bytesRead = 0;
  readonly #options: ReadOptions;
  #bytes: Buffer | undefined;

  constructor(path: Path, options: ReadOptions = {}) {
    super({ highWaterMark: CHUNK_BYTES, ...(options.encoding && { encoding: options.encoding }) });
    this.path = path;
    this.#options = options;
  }

  override _construct(done: (error?: Error) => void): void {
    promises.readFile(this.path).then(
      (bytes) => {
        const { start = 0, end = Infinity } = this.#options;
        this.#bytes = Buffer.from(bytes as Uint8Array).subarray(start, end + 1);
        done();
        this.emit('open', 3);
        this.emit('ready');
      },
      (error: unknown) => done(error as Error),
    );
  }

  override _read(size: number): void {
    const rest = this.#bytes ?? Buffer.alloc(0);
    const part = rest.subarray(0, size);
    this.#bytes = rest.subarray(size);
    this.bytesRead += part.length;
    this.push(part.length > 0 ? part : null);
  }

  close(done?: () => void): void {
    if (done) this.once('close', done);
    this.destroy();
  }
}

interface WriteOptions {
  readonly flags?: string;
}

/** A file that is written piece by piece; each piece is on the disk when its callback runs. */
export class WriteStream extends Writable {
  readonly path: Path;
  bytesWritten = 0;
  readonly #appends: boolean;

  constructor(path: Path, options: WriteOptions = {}) {
    super();
    this.path = path;
    this.#appends = options.flags === 'a';
  }

  override _construct(done: (error?: Error) => void): void {
    const created = this.#appends
      ? promises.appendFile(this.path, '')
      : promises.writeFile(this.path, '');
    created.then(
      () => {
        done();
        this.emit('open', 3);
        this.emit('ready');
      },
      (error: unknown) => done(error as Error),
    );
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    try {
      const at = absolute(this.path);
      disk.write(at, Buffer.concat([disk.read(at), chunk]));
      this.bytesWritten += chunk.length;
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

const optionsOf = <Options extends object>(options: Options | string | undefined): Options =>
  (typeof options === 'string' ? { encoding: options } : (options ?? {})) as Options;

export const createReadStream = (path: Path, options?: ReadOptions | string): ReadStream =>
  new ReadStream(path, optionsOf(options));
export const createWriteStream = (path: Path, options?: WriteOptions | string): WriteStream =>
  new WriteStream(path, optionsOf(options));
