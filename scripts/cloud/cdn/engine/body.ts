/** A body that was read whole, or the stream of one that is larger than asked for. */
export type Body =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly stream: ReadableStream<Uint8Array> };

/**
 * Reads a body up to a number of bytes. What is larger stays a stream that begins at its beginning.
 *
 * @example await readBody(response.body, 1024) // { bytes: Uint8Array(12) }
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Body> {
  if (!body) return { bytes: new Uint8Array() };
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length <= most) {
    const { done, value } = await reader.read();
    if (done) return { bytes: join(parts, length) };
    parts.push(value);
    length += value.length;
  }
  return { stream: resume(parts, reader) };
}

/** Compresses bytes as a browser undoes it for `Content-Encoding: gzip`. */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const compressed = new Response(bytes).body?.pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(compressed ?? null).arrayBuffer());
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}

function resume(
  parts: Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const read = parts.shift();
      if (read) return controller.enqueue(read);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
