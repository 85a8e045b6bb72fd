import { beforeAll, describe, expect, it } from 'vitest';
import { decodeRecord, encodeRecord } from '../core/record.ts';
import { OPERATIONS } from '../operations/index.ts';
import { below, seeded } from '../testing/random.ts';
import { answerSigned, recordSamples, type Sample, sampleEngine } from '../testing/samples.ts';
import { errorOf } from '../testing/wire-client.ts';

const SEED = 5_652_026;
const MUTATIONS = 6_000;
const RANDOM_BODIES = 2_000;
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

const MUTATORS: readonly ((body: Uint8Array, random: Random) => Uint8Array)[] = [
  // One bit.
  (body, random) => {
    const changed = body.slice();
    const at = below(random, body.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
    return changed;
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

function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => below(random, 256));
}

/** Sends what it is given, and fails on anything but a result or an error of the client's. */
async function fuzz(inputs: Iterable<Sample>): Promise<Map<number, number>> {
  const { engine, tables, reported } = sampleEngine();
  for (const sample of samples.slice(0, 3)) await answerSigned(engine, sample);
  const statuses = new Map<number, number>();
  let slowest = 0;
  for (const input of inputs) {
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
    for (let times = 1 + below(random, 3); times > 0 && changed.length > 0; times -= 1)
      changed = MUTATORS[below(random, MUTATORS.length)]?.(changed, random) ?? changed;
    yield { path, body: changed };
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

  it('is answered when it is noise', { timeout: 60_000 }, async () => {
    const statuses = await fuzz(randomBodies(seeded(SEED)));
    expect(statuses.get(400)).toBeGreaterThan(RANDOM_BODIES / 2);
  });
});
