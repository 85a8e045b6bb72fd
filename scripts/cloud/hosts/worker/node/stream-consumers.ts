import { Buffer } from './buffer.ts';

type Source = AsyncIterable<Uint8Array | string>;

/** All bytes of a stream. */
export async function buffer(source: Source): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(typeof part === 'string' ? Buffer.from(part) : part);
  return Buffer.concat(parts);
}

export async function text(source: Source): Promise<string> {
  return new TextDecoder().decode(await buffer(source));
}

export async function json(source: Source): Promise<unknown> {
  return JSON.parse(await text(source)) as unknown;
}

export async function arrayBuffer(source: Source): Promise<ArrayBuffer> {
  return new Uint8Array(await buffer(source)).buffer;
}

export default { buffer, text, json, arrayBuffer };
