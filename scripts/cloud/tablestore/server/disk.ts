import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that is written at its end. */
export interface DiskFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when what was written survives a loss of power. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What a log asks of a disk; tests put one in its place that loses power. */
export interface Disk {
  /** Undefined when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Opens a file for writing after its first `size` bytes; what followed them is gone. */
  open(path: string, size: number): Promise<DiskFile>;
  /** Puts one file in the place of another, for good when it resolves. */
  replace(path: string, by: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** The machine's own disk. */
export const machineDisk: Disk = {
  async read(path) {
    try {
      return await readFile(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
  async open(path, size) {
    // 'r+' writes where it is told, 'a' always at the end, which a cut tail would move.
    const file = await open(path, size === 0 ? 'w' : 'r+', 0o600);
    await file.truncate(size);
    if (size === 0) await syncFolder(path);
    let position = size;
    return {
      async write(bytes) {
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position);
          done += bytesWritten;
          position += bytesWritten;
        }
      },
      sync: () => file.datasync(),
      close: () => file.close(),
    };
  },
  async replace(path, by) {
    await rename(by, path);
    await syncFolder(path);
  },
  remove: (path) => rm(path, { force: true }),
};

/** A name is kept by its folder: without this, a loss of power can take a new file with it. */
async function syncFolder(path: string): Promise<void> {
  // Windows has no such thing.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
