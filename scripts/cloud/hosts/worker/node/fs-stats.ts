import type { Found } from './fs-disk.ts';

const FOLDER_MODE = 0o40755;
const FILE_MODE = 0o100644;

/** What `stat` answers. */
export class Stats {
  readonly dev = 1;
  readonly ino = 1;
  readonly nlink = 1;
  readonly uid = 0;
  readonly gid = 0;
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly atimeMs: number;
  readonly ctimeMs: number;
  readonly birthtimeMs: number;
  readonly mtime: Date;
  readonly atime: Date;
  readonly ctime: Date;
  readonly birthtime: Date;

  constructor(found: Found) {
    const modified = found.kind === 'file' ? found.file.modified : found.modified;
    this.mode = found.kind === 'file' ? FILE_MODE : FOLDER_MODE;
    this.size = found.kind === 'file' ? found.file.bytes.length : 0;
    this.mtimeMs = this.atimeMs = this.ctimeMs = this.birthtimeMs = modified;
    this.mtime = this.atime = this.ctime = this.birthtime = new Date(modified);
  }

  isFile(): boolean {
    return this.mode === FILE_MODE;
  }

  isDirectory(): boolean {
    return this.mode === FOLDER_MODE;
  }

  isSymbolicLink(): boolean {
    return false;
  }
}

/** One entry of a folder. */
export class Dirent {
  readonly name: string;
  readonly parentPath: string;
  readonly #isFile: boolean;

  constructor(name: string, parentPath: string, kind: Found['kind']) {
    this.name = name;
    this.parentPath = parentPath;
    this.#isFile = kind === 'file';
  }

  isFile(): boolean {
    return this.#isFile;
  }

  isDirectory(): boolean {
    return !this.#isFile;
  }

  isSymbolicLink(): boolean {
    return false;
  }
}
