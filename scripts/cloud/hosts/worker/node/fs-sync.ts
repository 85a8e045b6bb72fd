import { Buffer } from './buffer.ts';
import * as disk from './fs-disk.ts';
import { fsError } from './fs-error.ts';
import { Dirent, Stats } from './fs-stats.ts';
import { resolve } from './path.ts';
import { received } from './received.ts';
import { fileURLToPath } from './url.ts';

export type Path = string | URL | Uint8Array;
type Encoding = BufferEncoding | null | undefined;
type Options = Encoding | { readonly encoding?: Encoding; readonly flag?: string };
type Data = string | ArrayBufferView;

/** The absolute path that a program means. */
export function absolute(path: Path): string {
  if (typeof path === 'string' && !path.includes('\0')) return resolve(path);
  if (path instanceof URL) return fileURLToPath(path);
  if (path instanceof Uint8Array) return absolute(Buffer.from(path).toString());
  const isText = typeof path === 'string';
  throw Object.assign(
    new TypeError(
      isText
        ? `The argument 'path' must be a string, Uint8Array, or URL without null bytes. Received ${JSON.stringify(
            path,
          )
            .replace(/"/g, "'")
            .replace(String.raw`\u0000`, String.raw`\x00`)}`
        : `The "path" argument must be of type string or an instance of Buffer or URL. Received ${received(path)}`,
    ),
    { code: isText ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE' },
  );
}

const encodingOf = (options: Options): Encoding =>
  typeof options === 'object' && options !== null ? options.encoding : options;
const bytesOf = (data: Data, encoding: Encoding): Uint8Array =>
  typeof data === 'string'
    ? Buffer.from(data, encoding ?? 'utf8')
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

export function statSync(
  path: Path,
  options: { readonly throwIfNoEntry?: boolean } = {},
): Stats | undefined {
  const at = absolute(path);
  if (options.throwIfNoEntry === false && !disk.exists(at)) return undefined;
  return new Stats(disk.find(at, 'stat'));
}

export function lstatSync(
  path: Path,
  options: { readonly throwIfNoEntry?: boolean } = {},
): Stats | undefined {
  const at = absolute(path);
  if (options.throwIfNoEntry === false && !disk.exists(at)) return undefined;
  return new Stats(disk.find(at, 'lstat'));
}

export function existsSync(path: Path): boolean {
  try {
    return disk.exists(absolute(path));
  } catch {
    return false;
  }
}

export const constants = { F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4 } as const;

export function accessSync(path: Path, mode: number = constants.F_OK): void {
  const at = absolute(path);
  disk.find(at, 'access');
  if (mode & constants.W_OK) disk.requireWritable(at, 'access');
}

export function readFileSync(path: Path, options?: Options): Buffer | string {
  const bytes = disk.read(absolute(path));
  const encoding = encodingOf(options);
  return encoding && (encoding as string) !== 'buffer' ? bytes.toString(encoding) : bytes;
}

export function writeFileSync(path: Path, data: Data, options?: Options): void {
  const at = absolute(path);
  const flag = typeof options === 'object' && options !== null ? options.flag : undefined;
  if (flag?.startsWith('a')) return appendFileSync(path, data, options);
  if (flag === 'wx' && disk.exists(at)) throw fsError('EEXIST', 'open', at);
  disk.write(at, bytesOf(data, encodingOf(options)));
}

export function appendFileSync(path: Path, data: Data, options?: Options): void {
  const at = absolute(path);
  const bytes = bytesOf(data, encodingOf(options));
  disk.write(at, disk.exists(at) ? Buffer.concat([disk.read(at), bytes]) : bytes);
}

export function copyFileSync(from: Path, to: Path): void {
  disk.find(absolute(from), 'copyfile');
  disk.write(absolute(to), disk.read(absolute(from)), 'copyfile');
}

export function renameSync(from: Path, to: Path): void {
  disk.rename(absolute(from), absolute(to));
}

export function unlinkSync(path: Path): void {
  disk.unlink(absolute(path));
}

export function rmdirSync(path: Path): void {
  disk.removeFolder(absolute(path));
}

export function rmSync(
  path: Path,
  options: { readonly force?: boolean; readonly recursive?: boolean } = {},
): void {
  const at = absolute(path);
  if (!disk.exists(at)) {
    if (options.force) return;
    throw fsError('ENOENT', 'lstat', at);
  }
  if (disk.find(at, 'rm').kind === 'folder' && !options.recursive)
    throw Object.assign(
      new Error(`Path is a directory: rm returned EISDIR (is a directory) ${at}`),
      {
        name: 'SystemError',
        code: 'ERR_FS_EISDIR',
      },
    );
  disk.removeTree(at);
}

export function mkdirSync(
  path: Path,
  options: { readonly recursive?: boolean } | number = {},
): string | undefined {
  const isRecursive = typeof options === 'object' && options.recursive === true;
  const first = disk.makeFolder(absolute(path), isRecursive);
  return isRecursive ? first : undefined;
}

export function readdirSync(
  path: Path,
  options: Options | { readonly withFileTypes?: boolean } = {},
): string[] | Dirent[] {
  const at = absolute(path);
  const names = disk.list(at);
  const isTyped =
    typeof options === 'object' &&
    options !== null &&
    'withFileTypes' in options &&
    options.withFileTypes;
  if (!isTyped) return names;
  return names.map(
    (name) => new Dirent(name, String(path), disk.find(resolve(at, name), 'stat').kind),
  );
}

export function realpathSync(path: Path): string {
  const at = absolute(path);
  disk.find(at, 'lstat');
  return at;
}
