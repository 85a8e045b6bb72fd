import type { Disk, DiskFile } from '../server/disk.ts';
import { below } from './random.ts';

/** Thrown by every operation from the moment on when the power is lost. */
export class PowerLoss extends Error {}

interface FileState {
  /** What a loss of power cannot take. */
  synced: Uint8Array;
  written: Uint8Array;
}

/**
 * A disk in memory whose power is lost before its n-th operation. What was written but not synced is
 * then kept in part, and garbled in part; a rename under way has happened, or has not.
 *
 * @example
 * const disk = createPowerLossDisk({ random, losesPowerAt: 12 });
 * const after = disk.afterwards();
 */
export function createPowerLossDisk(options: {
  readonly random: () => number;
  readonly losesPowerAt: number;
  readonly files?: ReadonlyMap<string, Uint8Array>;
}): Disk & { operations: number; afterwards(): Map<string, Uint8Array> } {
  const { random, losesPowerAt } = options;
  const files = new Map<string, FileState>();
  for (const [path, bytes] of options.files ?? [])
    files.set(path, { synced: bytes, written: bytes });
  let operations = 0;

  const step = async (maybe: () => void = () => undefined): Promise<void> => {
    await Promise.resolve();
    operations += 1;
    if (operations === losesPowerAt && random() < 0.5) maybe();
    if (operations >= losesPowerAt) throw new PowerLoss();
  };

  const openFile = (state: FileState): DiskFile => ({
    async write(bytes) {
      const all = Buffer.concat([state.written, bytes]);
      await step(() => {
        state.written = all;
      });
      state.written = all;
    },
    async sync() {
      await step(() => {
        state.synced = state.written;
      });
      state.synced = state.written;
    },
    close: () => step(),
  });

  return {
    get operations() {
      return operations;
    },
    async read(path) {
      await step();
      return files.get(path)?.written;
    },
    async open(path, size) {
      await step();
      const before = files.get(path)?.written ?? new Uint8Array();
      const bytes = before.slice(0, size);
      const state: FileState = { synced: bytes, written: bytes };
      files.set(path, state);
      return openFile(state);
    },
    async replace(path, by) {
      const rename = (): void => {
        const state = files.get(by);
        if (!state) throw new Error(`${by} is not there`);
        files.set(path, state);
        files.delete(by);
      };
      await step(rename);
      rename();
    },
    async remove(path) {
      await step();
      files.delete(path);
    },
    afterwards: () =>
      new Map([...files].map(([path, state]) => [path, survivor(state, random)] as const)),
  };
}

/** All that was synced, and of the rest as much as chance left: its beginning, then zeros or noise. */
function survivor({ synced, written }: FileState, random: () => number): Uint8Array {
  const kept = synced.length + below(random, written.length - synced.length + 1);
  const length = kept + below(random, written.length - kept + 1);
  const noise = random() < 0.5;
  return Uint8Array.from({ length }, (_, index) => {
    if (index < kept) return written[index] ?? 0;
    return noise ? below(random, 256) : 0;
  });
}
