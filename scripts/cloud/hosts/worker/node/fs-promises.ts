import { hold } from './event-loop.ts';
import * as sync from './fs-sync.ts';

type Call<Parameters extends unknown[], Result> = (...parameters: Parameters) => Result;

/** The disk answers at once; the program hears of it in a later turn, as it would of a real one. */
function later<Parameters extends unknown[], Result>(
  call: Call<Parameters, Result>,
): Call<Parameters, Promise<Result>> {
  return async (...parameters) => {
    const release = hold();
    try {
      await nextTurn();
      return call(...parameters);
    } finally {
      release();
    }
  };
}

/** A turn of the worker's own queue, without a timer's delay. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}

export const stat = later(sync.statSync);
export const lstat = later(sync.lstatSync);
export const access = later(sync.accessSync);
export const readFile = later(sync.readFileSync);
export const writeFile = later(sync.writeFileSync);
export const appendFile = later(sync.appendFileSync);
export const copyFile = later(sync.copyFileSync);
export const rename = later(sync.renameSync);
export const unlink = later(sync.unlinkSync);
export const rm = later(sync.rmSync);
export const rmdir = later(sync.rmdirSync);
export const mkdir = later(sync.mkdirSync);
export const readdir = later(sync.readdirSync);
export const realpath = later(sync.realpathSync);
export { constants } from './fs-sync.ts';

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
  constants: sync.constants,
};
