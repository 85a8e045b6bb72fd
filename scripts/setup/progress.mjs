// How far npm is, read from the folders it has filled: `npm ci` itself says nothing until the end.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const LOOK_MILLISECONDS = 250;
const PLAIN_LINE_MILLISECONDS = 5_000;

/**
 * The line shown while packages are installed.
 *
 * @example progressLine(120, 480, 6_000) // 'installing packages: 120 of 480 (6 s)'
 * @param {number} done
 * @param {number} total
 * @param {number} milliseconds
 */
export function progressLine(done, total, milliseconds) {
  return `installing packages: ${done} of ${total} (${Math.round(milliseconds / 1000)} s)`;
}

/**
 * Shows on `stream` how many of the folders hold a package, until the answer is called: one line
 * that moves on a terminal, a plain line every five seconds elsewhere.
 *
 * @example const stop = showProgress(root, folders, process.stderr);
 * @param {string} root
 * @param {readonly string[]} folders
 * @param {NodeJS.WriteStream} stream
 */
export function showProgress(root, folders, stream) {
  const started = Date.now();
  let left = [...folders];
  let said = 0;
  const look = () => {
    left = left.filter((folder) => !existsSync(join(root, folder, 'package.json')));
    const spent = Date.now() - started;
    const line = progressLine(folders.length - left.length, folders.length, spent);
    if (stream.isTTY) stream.write(`\r\u001b[K${line}`);
    else if (spent - said >= PLAIN_LINE_MILLISECONDS) {
      said = spent;
      stream.write(`${line}\n`);
    }
  };
  const timer = setInterval(look, LOOK_MILLISECONDS);
  return () => {
    clearInterval(timer);
    if (stream.isTTY) stream.write('\r\u001b[K');
  };
}
