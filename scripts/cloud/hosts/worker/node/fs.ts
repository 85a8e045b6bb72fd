import * as files from './fs-promises.ts';
import { createReadStream, createWriteStream, ReadStream, WriteStream } from './fs-streams.ts';
import { Dirent, Stats } from './fs-stats.ts';
import * as sync from './fs-sync.ts';
import { received } from './received.ts';

type Callback = (error: Error | null, result?: unknown) => void;

/** The form with a callback as last parameter. */
function withCallback<Parameters extends unknown[]>(
  call: (...parameters: Parameters) => Promise<unknown>,
): (...parameters: [...Parameters, Callback]) => void {
  return (...parameters) => {
    const callback = parameters.at(-1) as Callback;
    if (typeof callback !== 'function')
      throw Object.assign(
        new TypeError(`The "cb" argument must be of type function. Received ${received(callback)}`),
        { code: 'ERR_INVALID_ARG_TYPE' },
      );
    // Outside of the promise: what the callback throws is the program's affair.
    const tell = (error: Error | null, result?: unknown): void =>
      queueMicrotask(() => (error ? callback(error) : callback(null, result)));
    call(...(parameters.slice(0, -1) as Parameters)).then(
      (result) => tell(null, result),
      (error: unknown) => tell(error as Error),
    );
  };
}

export const stat = withCallback(files.stat);
export const lstat = withCallback(files.lstat);
export const access = withCallback(files.access);
export const readFile = withCallback(files.readFile);
export const writeFile = withCallback(files.writeFile);
export const appendFile = withCallback(files.appendFile);
export const copyFile = withCallback(files.copyFile);
export const rename = withCallback(files.rename);
export const unlink = withCallback(files.unlink);
export const rm = withCallback(files.rm);
export const rmdir = withCallback(files.rmdir);
export const mkdir = withCallback(files.mkdir);
export const readdir = withCallback(files.readdir);
export const realpath = withCallback(files.realpath);

export const {
  statSync,
  lstatSync,
  existsSync,
  accessSync,
  readFileSync,
  writeFileSync,
  appendFileSync,
  copyFileSync,
  renameSync,
  unlinkSync,
  rmSync,
  rmdirSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  constants,
} = sync;
export { createReadStream, createWriteStream, Dirent, ReadStream, Stats, WriteStream };
export const promises = files.default;

export default {
  stat,
  lstat,
  access,
  readFile,
  writeFile,
  appendFile,
  copyFile,
  rename,
  unlink,
  rm,
  rmdir,
  mkdir,
  readdir,
  realpath,
  statSync,
  lstatSync,
  existsSync,
  accessSync,
  readFileSync,
  writeFileSync,
  appendFileSync,
  copyFileSync,
  renameSync,
  unlinkSync,
  rmSync,
  rmdirSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  constants,
  createReadStream,
  createWriteStream,
  Dirent,
  ReadStream,
  Stats,
  WriteStream,
  promises,
};
