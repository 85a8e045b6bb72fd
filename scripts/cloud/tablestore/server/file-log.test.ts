import { describe, expect, it } from 'vitest';
import { createPowerLossDisk, PowerLoss } from '../testing/power-loss-disk.ts';
import { below, seeded } from '../testing/random.ts';
import type { Disk } from './disk.ts';
import { type FileLog, openFileLog } from './file-log.ts';

const PATH = 'tables.log';
const KEYS = 5;

/** A state that a log keeps: numbered writes, each to one of a few keys. A record is `key=number;`. */
function makeState() {
  const values = new Map<number, number>();
  const apply = (text: string): void => {
    for (const [, key, value] of text.matchAll(/(\d)=(\d+);/g))
      values.set(Number(key), Number(value));
  };
  return {
    values,
    apply,
    replay: (record: Uint8Array) => apply(Buffer.from(record).toString()),
    *snapshot() {
      for (const [key, value] of values) yield Buffer.from(`${key}=${value};`);
    },
  };
}

async function open(disk: Disk, minCompactedBytes = 200) {
  const state = makeState();
  const said: string[] = [];
  const log = await openFileLog({
    path: PATH,
    disk,
    ...state,
    say: (line) => said.push(line),
    minCompactedBytes,
  });
  const write = (number: number): void => {
    const record = `${number % KEYS}=${number};`;
    state.apply(record);
    log.append(Buffer.from(record));
  };
  return { log, state, said, write };
}

/** What every key holds when the first `count` numbers were written. */
function stateAfter(count: number): Map<number, number> {
  const state = makeState();
  for (let number = 1; number <= count; number += 1) state.apply(`${number % KEYS}=${number};`);
  return state.values;
}

/** Writes until the power is lost; gives the last number that was flushed, and the last that was written. */
async function workUntilLoss(disk: Disk, random: () => number, from: number) {
  let flushed = from;
  let written = from;
  try {
    const { log, write } = await open(disk);
    for (let round = 0; round < 40; round += 1) {
      // Several at once, of which some come while others are being flushed.
      const waits: Promise<void>[] = [];
      for (let count = 1 + below(random, 4); count > 0; count -= 1) {
        written += 1;
        const number = written;
        write(number);
        waits.push(
          log.flushed().then(() => {
            flushed = Math.max(flushed, number);
          }),
        );
        if (random() < 0.5) await Promise.resolve();
      }
      const results = await Promise.allSettled(waits);
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    }
    await log.close();
  } catch (error) {
    if (!(error instanceof PowerLoss)) throw error;
  }
  return { flushed, written };
}

describe('a log in a file', () => {
  it('loses nothing that was flushed, whenever the power is lost, compactions included', async () => {
    const calm = createPowerLossDisk({ random: seeded(0), losesPowerAt: Infinity });
    await workUntilLoss(calm, seeded(0), 0);
    expect(calm.operations, 'operations of an undisturbed run').toBeGreaterThan(100);

    let compactedAtLoss = 0;
    for (let losesPowerAt = 1; losesPowerAt <= calm.operations; losesPowerAt += 1)
      for (const seed of [1, 2, 3]) {
        const random = seeded(seed * 10_000 + losesPowerAt);
        // Loses power, comes back, loses it again at another point, comes back.
        let files = new Map<string, Uint8Array>();
        let known = { flushed: 0, written: 0 };
        for (const lossAt of [losesPowerAt, 1 + below(random, calm.operations)]) {
          const disk = createPowerLossDisk({ random, losesPowerAt: lossAt, files });
          const before = known;
          known = await workUntilLoss(disk, random, before.written);
          files = disk.afterwards();
          compactedAtLoss += files.has(`${PATH}.compacting`) ? 1 : 0;

          const survived = createPowerLossDisk({ random, losesPowerAt: Infinity, files });
          const { state, log } = await open(survived);
          await log.close();
          files = survived.afterwards();
          const last = Math.max(0, ...state.values.values());
          const at = `seed ${seed}, power lost at ${losesPowerAt}`;
          expect(last, at).toBeGreaterThanOrEqual(known.flushed);
          expect(last, at).toBeLessThanOrEqual(known.written);
          expect(state.values, at).toEqual(stateAfter(last));
          known = { flushed: last, written: last };
        }
      }
    expect(compactedAtLoss, 'losses within a compaction').toBeGreaterThan(20);
  });

  it('says that it dropped a torn record, keeps those before it, and goes on after them', async () => {
    const disk = memoryDisk();
    const { log, write } = await open(disk, Infinity);
    for (const number of [1, 2, 3]) {
      write(number);
      await log.flushed();
    }
    await log.close();
    const whole = disk.files.get(PATH) ?? Buffer.alloc(0);
    disk.files.set(PATH, whole.subarray(0, whole.length - 2));

    const torn = await open(disk, Infinity);
    expect(torn.said).toEqual([
      'dropped the last 10 bytes of tables.log: a write that a crash interrupted, and that nobody was told of',
    ]);
    expect(torn.state.values).toEqual(stateAfter(2));
    torn.write(3);
    await torn.log.close();
    const again = await open(disk, Infinity);
    expect(again.said).toEqual([]);
    expect(again.state.values).toEqual(stateAfter(3));
    await again.log.close();
  });

  it('refuses a file in which a record was changed, and one that is no log', async () => {
    const disk = memoryDisk();
    const { log, write } = await open(disk, Infinity);
    for (const number of [1, 2]) {
      write(number);
      await log.flushed();
    }
    await log.close();
    const changed = Buffer.from(disk.files.get(PATH) ?? []);
    changed[17] = 0x39;
    disk.files.set(PATH, changed);
    await expect(open(disk)).rejects.toMatchObject({
      code: 'E_TABLESTORE_LOG_DAMAGED',
      message: expect.stringContaining('at byte 8 there is a record that was changed'),
    });
    expect(disk.files.get(PATH)).toEqual(changed);
    for (const other of ['{"todos":[]}', 'x']) {
      disk.files.set(PATH, Buffer.from(other));
      await expect(open(disk)).rejects.toMatchObject({ code: 'E_TABLESTORE_LOG_DAMAGED' });
    }
  });

  it('flushes what comes together once', async () => {
    const disk = memoryDisk();
    const { log, write } = await open(disk, Infinity);
    const before = disk.syncs;
    for (let number = 1; number <= 100; number += 1) write(number);
    await log.flushed();
    // The first is written as it comes, all others while it is.
    expect(disk.syncs - before).toBeLessThanOrEqual(2);
    await log.close();
  });

  it('stays small, however much is written', async () => {
    const disk = memoryDisk();
    const { log, write, state } = await open(disk, 1_000);
    for (let number = 1; number <= 2_000; number += 1) {
      write(number);
      await log.flushed();
      expect(disk.files.get(PATH)?.length).toBeLessThan(1_100);
    }
    await log.close();
    const again = await open(disk);
    expect(again.state.values).toEqual(state.values);
    await again.log.close();
    expect([...disk.files.keys()]).toEqual([PATH]);
  });

  it('tells everyone from a failed write on, and writes nothing more', async () => {
    const disk = memoryDisk();
    const { log, write } = await open(disk, Infinity);
    write(1);
    await log.flushed();
    const before = disk.files.get(PATH)?.length;
    disk.full = true;
    write(2);
    await expect(log.flushed()).rejects.toThrow('no space left');
    disk.full = false;
    write(3);
    await expect(log.flushed()).rejects.toThrow('no space left');
    await closeQuietly(log);
    expect(disk.files.get(PATH)?.length).toBe(before);
  });
});

async function closeQuietly(log: FileLog): Promise<void> {
  await log.close().catch(() => undefined);
}

/** A disk that never fails unless it is told to, and counts. */
function memoryDisk(): Disk & { files: Map<string, Buffer>; syncs: number; full: boolean } {
  const files = new Map<string, Buffer>();
  const disk = {
    files,
    syncs: 0,
    full: false,
    read: (path: string) => Promise.resolve(files.get(path)),
    open(path: string, size: number) {
      files.set(path, (files.get(path) ?? Buffer.alloc(0)).subarray(0, size));
      let name = path;
      renamed.push((from, to) => {
        if (name === from) name = to;
      });
      return Promise.resolve({
        async write(bytes: Uint8Array) {
          await Promise.resolve();
          if (disk.full) throw new Error('no space left on device');
          files.set(name, Buffer.concat([files.get(name) ?? Buffer.alloc(0), bytes]));
        },
        async sync() {
          await new Promise(setImmediate);
          disk.syncs += 1;
        },
        close: () => Promise.resolve(),
      });
    },
    replace(path: string, by: string) {
      files.set(path, files.get(by) ?? Buffer.alloc(0));
      files.delete(by);
      for (const tell of renamed) tell(by, path);
      return Promise.resolve();
    },
    remove(path: string) {
      files.delete(path);
      return Promise.resolve();
    },
  };
  const renamed: ((from: string, to: string) => void)[] = [];
  return disk;
}
