import { logDamaged } from '../errors.ts';
import type { Log } from '../engine/log.ts';
import type { Disk, DiskFile } from './disk.ts';
import { encodeFrame, readFrames, SIGNATURE } from './frames.ts';

/** Below this a log is not worth compacting. */
const MIN_COMPACTED_BYTES = 1024 * 1024;
/** Compacted when it is this many times what it was after the last time. */
const COMPACTION_FACTOR = 4;
/** Records of a snapshot are put into frames of about this size. */
const SNAPSHOT_FRAME_BYTES = 256 * 1024;

export interface FileLogOptions {
  readonly path: string;
  readonly disk: Disk;
  /** Called with every record that was kept, in order, before the log opens. */
  readonly replay: (record: Uint8Array) => void;
  /** The fewest records that give the state of now, all that was appended included. */
  readonly snapshot: () => Iterable<Uint8Array>;
  readonly say: (line: string) => void;
  /** Tests compact all the time. */
  readonly minCompactedBytes?: number;
}

export interface FileLog extends Log {
  /** Flushes what was appended, and closes the file. */
  close(): Promise<void>;
}

interface OpenFile {
  readonly file: DiskFile;
  readonly size: number;
}

/** Records that are flushed together, and who waits for it. */
interface Group {
  readonly records: Uint8Array[];
  readonly kept: Promise<void>;
  settle(broken?: { readonly error: unknown }): void;
}

/**
 * A log in a file. What is appended while a group is being flushed is the next group, so that one fsync
 * serves all who wait. When the file has grown enough a snapshot takes its place, by a rename: at any
 * moment of it one whole log is there.
 *
 * @example
 * const log = await openFileLog({ path: 'tables.log', disk: machineDisk, replay, snapshot, say: console.log });
 * log.append(record);
 * await log.flushed();
 */
export async function openFileLog(options: FileLogOptions): Promise<FileLog> {
  const { path, disk, snapshot } = options;
  await disk.remove(scratchOf(path));
  let { file, size } = await recover(options);
  let compactAt = threshold(size);
  let next: Group | undefined;
  let current: Group | undefined;
  let running: Promise<void> | undefined;
  let broken: { readonly error: unknown } | undefined;

  function threshold(bytes: number): number {
    return Math.max(options.minCompactedBytes ?? MIN_COMPACTED_BYTES, bytes * COMPACTION_FACTOR);
  }

  /** Writes a group after the others. */
  async function extend(group: Group): Promise<void> {
    const frame = encodeFrame(group.records);
    await file.write(frame);
    await file.sync();
    size += frame.length;
  }

  /** Writes a snapshot in the place of all; what waits is part of it. */
  async function compact(): Promise<void> {
    // All at once, before anything else is written to the tables.
    const frames = [...snapshotFrames(snapshot())];
    const compacted = await begin(options, frames);
    await file.close();
    ({ file, size } = compacted);
    compactAt = threshold(size);
  }

  async function flushAll(): Promise<void> {
    while (next) {
      current = next;
      next = undefined;
      try {
        // After a fault nobody knows what the file ends in: nothing more is written to it.
        if (broken) throw broken.error;
        await (size >= compactAt ? compact() : extend(current));
        current.settle();
      } catch (error) {
        broken ??= { error };
        current.settle(broken);
      }
      current = undefined;
    }
    running = undefined;
  }

  return {
    append(record) {
      next ??= newGroup();
      next.records.push(record);
      running ??= flushAll();
    },
    async flushed() {
      await (next ?? current)?.kept;
      if (broken) throw broken.error;
    },
    async close() {
      await running;
      await file.close();
    },
  };
}

function newGroup(): Group {
  let settle: Group['settle'] = () => undefined;
  // Promise.withResolvers would ask for Node 22; the bundled server runs on 20 too.
  const kept = new Promise<void>((resolve, reject) => {
    settle = (broken) => (broken ? reject(broken.error) : resolve());
  });
  // Who appends need not wait; a fault is told to who does.
  kept.catch(() => undefined);
  return { records: [], kept, settle };
}

function scratchOf(path: string): string {
  return `${path}.compacting`;
}

/** Puts a new log in the place of the old one, if there is one: it is whole before it gets its name. */
async function begin(
  { path, disk }: FileLogOptions,
  frames: readonly Uint8Array[],
): Promise<OpenFile> {
  const file = await disk.open(scratchOf(path), 0);
  let size = 0;
  try {
    for (const part of [SIGNATURE, ...frames]) {
      await file.write(part);
      size += part.length;
    }
    await file.sync();
    await disk.replace(path, scratchOf(path));
  } catch (error) {
    await file.close();
    throw error;
  }
  return { file, size };
}

/** Replays what the file holds, drops a torn end and says so, and opens it for more. */
async function recover(options: FileLogOptions): Promise<OpenFile> {
  const { path, disk, replay, say } = options;
  const content = await disk.read(path);
  if (!content || content.length === 0) return begin(options, []);
  if (!SIGNATURE.every((byte, index) => byte === content[index]))
    throw logDamaged(path, 0, 'something else');
  const { contents, size, rest } = readFrames(content, SIGNATURE.length);
  if (rest === 'damaged') throw logDamaged(path, size, 'a record that was changed');
  for (const record of contents) replay(record);
  if (rest === 'torn')
    say(
      `dropped the last ${content.length - size} bytes of ${path}: a write that a crash interrupted, and that nobody was told of`,
    );
  return { file: await disk.open(path, size), size };
}

function* snapshotFrames(records: Iterable<Uint8Array>): Generator<Uint8Array> {
  let frame: Uint8Array[] = [];
  let bytes = 0;
  for (const record of records) {
    frame.push(record);
    bytes += record.length;
    if (bytes < SNAPSHOT_FRAME_BYTES) continue;
    yield encodeFrame(frame);
    frame = [];
    bytes = 0;
  }
  if (frame.length > 0) yield encodeFrame(frame);
}
