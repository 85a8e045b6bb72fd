/** A file or a folder. Times are in milliseconds since the epoch. */
export interface DiskFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly modified: number;
}

/** A disk as it is copied into a worker: absolute path -> file; folders follow from the paths, and empty ones are named. */
export interface DiskImage {
  readonly files: ReadonlyMap<string, DiskFile>;
  readonly folders: readonly string[];
}

/** One change that a program made; of a folder, or a file without its bytes when it is gone. */
export type DiskChange =
  | { readonly kind: 'file'; readonly path: string; readonly file: DiskFile }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'gone'; readonly path: string };

/** The disk of a machine in a tab: it outlives the programs that write it, and ends with the page. */
export interface MachineDisk {
  image(): DiskImage;
  apply(change: DiskChange): void;
}

/**
 * Makes a disk from texts; all of its files carry the same time.
 *
 * @example const disk = createMachineDisk({ '/code/index.html': '<!doctype html>' }, clock.now());
 */
export function createMachineDisk(
  texts: Readonly<Record<string, string>>,
  now: number,
): MachineDisk {
  const encoder = new TextEncoder();
  const files = new Map<string, DiskFile>();
  const folders = new Set<string>();
  for (const [path, text] of Object.entries(texts))
    files.set(path, { bytes: encoder.encode(text), modified: now });
  return {
    image: () => ({ files: new Map(files), folders: [...folders] }),
    apply(change) {
      switch (change.kind) {
        case 'file':
          files.set(change.path, change.file);
          break;
        case 'folder':
          folders.add(change.path);
          break;
        case 'gone':
          files.delete(change.path);
          folders.delete(change.path);
      }
    },
  };
}
