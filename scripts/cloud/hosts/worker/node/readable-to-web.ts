/** What of a Readable is used. */
interface Source extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): unknown;
}

/** A web stream of a Readable: read as fast as it is asked for. */
export function toWeb(source: Source): ReadableStream<Uint8Array> {
  const parts = source[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = (await parts.next()) as IteratorResult<Uint8Array, undefined>;
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: (reason) => void source.destroy(reason as Error),
  });
}
