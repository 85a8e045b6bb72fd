import type { Duplex as DuplexType, DuplexOptions } from 'node:stream';
import Stream from 'readable-stream';

/** One end of a pair; after Node's lib/internal/streams/duplexpair.js. */
class DuplexSide extends Stream.Duplex {
  #other: DuplexSide | undefined;
  /** The writer on the other side waits until this side has been read. */
  #resume: (() => void) | undefined;

  join(other: DuplexSide): void {
    this.#other = other;
  }

  override _read(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    const other = this.#other;
    if (!other || chunk.length === 0) return queueMicrotask(done);
    other.push(chunk);
    other.#resume = done;
  }

  override _final(done: () => void): void {
    this.#other?.once('end', done);
    this.#other?.push(null);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const other = this.#other;
    if (other && !other.destroyed) {
      // The other side learns of the end in a turn of its own, as over a network.
      queueMicrotask(() => (error ? other.destroy() : other.push(null)));
    }
    done(error);
  }
}

/**
 * Two streams that are each other's ends: a connection without a network.
 *
 * @example const [client, server] = duplexPair();
 */
export function duplexPair(options?: DuplexOptions): [DuplexType, DuplexType] {
  const [one, other] = [new DuplexSide(options), new DuplexSide(options)];
  one.join(other);
  other.join(one);
  return [one, other];
}
