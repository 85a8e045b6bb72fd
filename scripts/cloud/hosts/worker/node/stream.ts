import Stream from 'readable-stream';
import { Buffer } from './buffer.ts';
import { duplexPair } from './duplex-pair.ts';
import { toWeb } from './readable-to-web.ts';

export const {
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  addAbortSignal,
  finished,
  pipeline,
} = Stream;
export type Readable = import('node:stream').Readable;
export type Writable = import('node:stream').Writable;
export type Duplex = import('node:stream').Duplex;
export type Transform = import('node:stream').Transform;
export { duplexPair, Stream };

export const { promises } = Stream;

// The package has neither of the two ways between Node's streams and the web's.
Object.assign(Readable, { toWeb, fromWeb });

/** A Readable of a web stream. */
function fromWeb(source: ReadableStream<Uint8Array>): Readable {
  return Readable.from(
    (async function* () {
      const reader = source.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read())
        yield Buffer.from(part.value);
    })(),
    { objectMode: false },
  );
}

export default Object.assign(Stream, { duplexPair });
