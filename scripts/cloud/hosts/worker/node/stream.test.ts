import nodeStream from 'node:stream';
import nodeConsumers from 'node:stream/consumers';
import nodeZlib from 'node:zlib';
import { expect, test } from 'vitest';
import stream from './stream.ts';
import consumers from './stream-consumers.ts';
import { laterOutcome } from './testing/outcome.ts';
import zlib from './zlib.ts';

type Stream = typeof nodeStream;
const BOTH: readonly (readonly [string, Stream, typeof nodeConsumers, typeof nodeZlib])[] = [
  ['node', nodeStream, nodeConsumers, nodeZlib],
  ['lab', stream, consumers as unknown as typeof nodeConsumers, zlib as unknown as typeof nodeZlib],
];

/** What each of the two tells; they are to tell the same. */
async function same(
  story: (...modules: [Stream, typeof nodeConsumers, typeof nodeZlib]) => Promise<unknown>,
): Promise<unknown> {
  const [node, lab] = await Promise.all(
    BOTH.map(([, ...modules]) => laterOutcome(() => story(...modules))),
  );
  expect(lab).toEqual(node);
  return node;
}

test('duplexPair: what goes in at one end comes out at the other, and so does the end', async () => {
  const told = await same(async ({ duplexPair }, { text }) => {
    const [one, other] = duplexPair();
    other.on('data', (chunk: Uint8Array) => other.write(`heard ${chunk.length}`));
    other.on('end', () => other.end('bye'));
    one.write('hello');
    one.end('中');
    return text(one);
  });
  expect(told).toEqual({ value: 'heard 5heard 3bye' });
});

test('duplexPair: a destroyed end closes the other', async () => {
  await same(async ({ duplexPair }) => {
    const told: string[] = [];
    const [one, other] = duplexPair();
    for (const [name, end] of [
      ['one', one],
      ['other', other],
    ] as const)
      for (const event of ['end', 'error', 'close'])
        end.on(event, () => told.push(`${name} ${event}`));
    other.resume();
    one.destroy(new Error('on purpose'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    return [told, one.destroyed, other.destroyed];
  });
});

test('duplexPair: a writer waits for a reader that is slow', async () => {
  await same(async ({ duplexPair }) => {
    const [one, other] = duplexPair();
    const block = new Uint8Array(100_000);
    const wroteAtOnce = one.write(block);
    const told: string[] = [];
    const drained = new Promise<void>((resolve) =>
      one.once('drain', () => {
        told.push('drained');
        resolve();
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
    told.push('reads');
    other.resume();
    await drained;
    return [wroteAtOnce, told];
  });
});

test('consumers: text, bytes and JSON of a stream', async () => {
  await same(async ({ Readable }, { text, buffer, json }) => [
    await text(Readable.from(['中', '文'])),
    Buffer.from(
      await buffer(
        Readable.from([new Uint8Array([1]), new Uint8Array([2, 3])], { objectMode: false }),
      ),
    ).toString('hex'),
    await json(Readable.from(['{"a":', '1}'])),
  ]);
});

test('pipeline: passes an error on and destroys what is joined', async () => {
  await same(async ({ pipeline, Readable, PassThrough }) => {
    const source = Readable.from(['a']);
    const target = new PassThrough();
    const done = new Promise((resolve) =>
      pipeline(source, target, (error) => resolve(error?.message)),
    );
    target.destroy(new Error('broken'));
    return [await done, source.destroyed];
  });
});

test('web streams: there and back', async () => {
  await same(async ({ Readable }, { text }) => {
    const web = Readable.toWeb(
      Readable.from(['a', 'b'].map((each) => Buffer.from(each))),
    ) as ReadableStream<Uint8Array>;
    return text(Readable.fromWeb(web as never));
  });
});

const zipped = (data: string) => ({
  gzip: nodeZlib.gzipSync(data),
  deflate: nodeZlib.deflateSync(data),
  raw: nodeZlib.deflateRawSync(data),
});

test('zlib: unpacks what a client has packed, and refuses what is broken', async () => {
  const { gzip, deflate, raw } = zipped('中文'.repeat(50_000));
  await same(async (_, { text }, { createGunzip, createInflate, createInflateRaw }) => {
    const packed = [
      [createGunzip(), gzip],
      [createInflate(), deflate],
      [createInflateRaw(), raw],
    ] as const;
    return Promise.all(
      packed.map(async ([unpack, bytes]) => {
        unpack.end(bytes);
        return (await text(unpack)).length;
      }),
    );
  });
  const told = await same(async (_, { text }, { createGunzip }) => {
    const unpack = createGunzip();
    unpack.end(Buffer.from('this is no gzip'));
    return text(unpack).then(
      () => 'unpacked',
      (error: NodeJS.ErrnoException) => [error.code, error.errno],
    );
  });
  expect(told).toEqual({ value: ['Z_DATA_ERROR', -3] });
});
