import { PbfReader, PbfWriter } from 'pbf';
import { beforeAll, describe, expect, it } from 'vitest';
import { WriteRowRequest } from '../core/messages.ts';
import { type Cell, CELL_OPERATION, type PlainRow } from '../core/plain-buffer.ts';
import { encodeMessage } from '../core/protobuf.ts';
import { decodeRecord, encodeRecord } from '../core/record.ts';
import { AUTO_INCREMENT, type CellValue, INF_MAX, INF_MIN } from '../core/value.ts';
import { writeRows } from '../core/write-plain-buffer.ts';
import { OPERATIONS } from '../operations/index.ts';
import { below, seeded } from '../testing/random.ts';
import { answerSigned, recordSamples, type Sample, sampleEngine } from '../testing/samples.ts';
import { errorOf } from '../testing/wire-client.ts';

const SEED = 5_652_026;
const MUTATIONS = 20_000;
const RANDOM_WRITES = 3_000;
const RANDOM_BODIES = 1_000;
/** A request of a few hundred bytes takes less than one; a busy machine more. */
const MAX_MILLISECONDS = 2_000;
const MAX_GROWTH_BYTES = 150 * 1024 * 1024;

let samples: readonly Sample[];
beforeAll(async () => {
  samples = await recordSamples();
});

type Random = () => number;

/** Lengths and counts that have no business in a request. */
const HUGE = [
  [0xff, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0, 0, 0, 0x80],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
];

type Mutator = (body: Uint8Array, random: Random) => Uint8Array;

const MUTATORS: readonly Mutator[] = [
  // One bit.
  (body, random) => {
    const at = below(random, body.length);
    return body.with(at, (body[at] ?? 0) ^ (1 << below(random, 8)));
  },
  // One byte.
  (body, random) => body.with(below(random, body.length), below(random, 256)),
  // Its end.
  (body, random) => body.slice(0, below(random, body.length)),
  // A piece of it.
  (body, random) => {
    const from = below(random, body.length);
    return joined(body.slice(0, from), body.slice(from + below(random, 20)));
  },
  // A piece twice.
  (body, random) => {
    const from = below(random, body.length);
    const to = from + below(random, body.length - from + 1);
    return joined(body.slice(0, to), body.slice(from));
  },
  // A huge length.
  (body, random) => {
    const at = below(random, body.length);
    const huge = HUGE[below(random, HUGE.length)] ?? [];
    return joined(body.slice(0, at), huge, body.slice(at + huge.length));
  },
  // The beginning of one request and the end of another.
  (body, random) => {
    const other = samples[below(random, samples.length)]?.body ?? body;
    return joined(
      body.slice(0, below(random, body.length)),
      other.slice(below(random, other.length)),
    );
  },
  // Noise.
  (body, random) => {
    const at = below(random, body.length);
    return joined(body.slice(0, at), noise(random, 1 + below(random, 40)), body.slice(at));
  },
];

/** Mutates a message, or within one of its fields, whose length is put right: so rows and filters are met too. */
function mutate(body: Uint8Array, random: Random): Uint8Array {
  const fields = fieldsOf(body);
  const field = fields[below(random, fields.length)];
  if (field && random() < 0.7) {
    const content = mutate(body.slice(field.start, field.end), random);
    return joined(
      body.slice(0, field.tagged),
      varint(content.length),
      content,
      body.slice(field.end),
    );
  }
  if (body.length === 0) return noise(random, below(random, 10));
  return MUTATORS[below(random, MUTATORS.length)]?.(body, random) ?? body;
}

interface Field {
  /** Behind its tag. */
  readonly tagged: number;
  readonly start: number;
  readonly end: number;
}

/** The fields with a length of what may be a message. */
function fieldsOf(body: Uint8Array): Field[] {
  const fields: Field[] = [];
  let tagged = 0;
  try {
    const reader = new PbfReader(body);
    while (reader.nextField() > 0) {
      tagged = reader.pos;
      if (reader.type !== 2) continue;
      const length = reader.readVarint();
      const start = reader.pos;
      reader.pos = start + length;
      if (reader.pos > body.length) return [];
      fields.push({ tagged, start, end: reader.pos });
    }
  } catch {
    return [];
  }
  return fields;
}

function varint(value: number): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarint(value);
  return writer.finish();
}

function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => below(random, 256));
}

/** Sends what it is given, and fails on anything but a result or an error of the client's. */
async function fuzz(inputs: Iterable<Sample>): Promise<Map<number, number>> {
  const { engine, tables, reported } = sampleEngine();
  const statuses = new Map<number, number>();
  let slowest = 0;
  let count = 0;
  for (const input of inputs) {
    // A table and a row, time and again: some inputs delete them.
    if (count % 10 === 0)
      for (const sample of samples.slice(0, 2)) await answerSigned(engine, sample);
    count += 1;
    const hex = Buffer.from(input.body).toString('hex');
    const begun = performance.now();
    const { status, body } = await answerSigned(engine, input);
    slowest = Math.max(slowest, performance.now() - begun);
    if (status !== 200) {
      const { code } = errorOf({ status, body: Buffer.from(body) });
      expect(code, `${input.path} ${hex}`).toMatch(/^OTS(?!InternalServerError)/);
    }
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(reported, 'faults of our own').toEqual([]);
  expect(slowest).toBeLessThan(MAX_MILLISECONDS);
  // Whatever was written can be kept.
  for (const effect of tables.effects())
    expect(decodeRecord(encodeRecord([effect]))).toEqual([effect]);
  return statuses;
}

function* mutations(random: Random): Generator<Sample> {
  for (let count = 0; count < MUTATIONS; count += 1) {
    const { path, body } = samples[below(random, samples.length)] as Sample;
    let changed = body;
    for (let times = 1 + below(random, 2); times > 0; times -= 1) changed = mutate(changed, random);
    yield { path, body: changed };
  }
}

const NAMES = ['id', 'n', 'title', 'count', 'c', '', 'a b', '键', 'x'.repeat(256)];
const VALUES: readonly (CellValue | undefined)[] = [
  undefined,
  'a',
  '',
  '\u{1f600}',
  'x'.repeat(1_100),
  1n,
  -1n,
  2n ** 63n - 1n,
  0.5,
  true,
  Uint8Array.of(0),
  INF_MIN,
  INF_MAX,
  AUTO_INCREMENT,
];
const TIMES = [undefined, undefined, 0, 1, -1, 2 ** 53, -(2 ** 62), Date.now(), Date.now() - 5_000];
const CELL_OPERATIONS = [undefined, undefined, ...Object.values(CELL_OPERATION)];

/** Rows whose every part is well-formed, put together by chance. */
function* randomWrites(random: Random): Generator<Sample> {
  const pick = <Value>(values: readonly Value[]): Value =>
    values[below(random, values.length)] as Value;
  const cell = (): Cell => ({
    name: pick(NAMES),
    value: pick(VALUES),
    operation: pick(CELL_OPERATIONS),
    timestamp: pick(TIMES),
  });
  const keyCell = (name: string): Cell =>
    random() < 0.1 ? cell() : { name, value: name === 'n' ? pick([1n, 2n, AUTO_INCREMENT]) : 'a' };
  const paths = ['/PutRow', '/UpdateRow', '/DeleteRow'];
  for (let count = 0; count < RANDOM_WRITES; count += 1) {
    const row: PlainRow = {
      key: ['id', 'n'].map(keyCell),
      cells: Array.from({ length: below(random, 3) }, cell),
      deleteMarker: random() < 0.3,
    };
    yield {
      path: pick(paths),
      body: encodeMessage(WriteRowRequest, {
        tableName: 't',
        row: writeRows([row]),
        condition: { rowExistence: random() < 0.8 ? 0 : below(random, 4) },
        returnContent: { returnType: below(random, 3), columnNames: ['count', 'c'] },
      }),
    };
  }
}

function* randomBodies(random: Random): Generator<Sample> {
  const paths = [...OPERATIONS.keys()];
  for (let count = 0; count < RANDOM_BODIES; count += 1)
    yield {
      path: paths[below(random, paths.length)] ?? '',
      body: noise(random, below(random, 400)),
    };
}

describe('a request that is signed but makes no sense', () => {
  it('is recorded from every operation first', () => {
    expect(new Set(samples.map(({ path }) => path))).toEqual(new Set(OPERATIONS.keys()));
  });

  it('is answered, whatever was done to it', { timeout: 60_000 }, async () => {
    const before = process.memoryUsage().rss;
    const statuses = await fuzz(mutations(seeded(SEED)));
    // Mutations that no check sees, or that all see at once, would test little.
    expect(statuses.get(200)).toBeGreaterThan(MUTATIONS / 50);
    expect(statuses.get(400)).toBeGreaterThan(MUTATIONS / 4);
    expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH_BYTES);
  });

  it('is answered when only its parts make sense', { timeout: 60_000 }, async () => {
    const statuses = await fuzz(randomWrites(seeded(SEED)));
    expect(statuses.get(200)).toBeGreaterThan(RANDOM_WRITES / 50);
    expect(statuses.get(400)).toBeGreaterThan(RANDOM_WRITES / 4);
  });

  it('is answered when it is noise', { timeout: 60_000 }, async () => {
    const statuses = await fuzz(randomBodies(seeded(SEED)));
    expect(statuses.get(400)).toBeGreaterThan(RANDOM_BODIES / 2);
  });
});
