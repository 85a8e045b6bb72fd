// One set-up at a time: `npm start` and `npm test` may be started together in a fresh clone.
import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BEAT_MILLISECONDS = 500;
/** A turn whose holder was killed is free after this long. */
const ABANDONED_MILLISECONDS = 5_000;

/**
 * Waits until no other set-up of this project runs, and takes the turn. The answer gives it back.
 * A beat tells the living from the dead: a process id says nothing across containers or reboots.
 *
 * @example const giveBack = await takeTurn(root, () => console.error('waiting'));
 * @param {string} root
 * @param {() => void} onWait called once when another set-up holds the turn
 * @returns {Promise<() => void>}
 */
export async function takeTurn(root, onWait) {
  const folder = join(root, '.cache');
  const file = join(folder, 'set-up.turn');
  mkdirSync(folder, { recursive: true });
  for (let waited = false; !tryToTake(file); waited = true) {
    if (!waited) onWait();
    if (age(file) > ABANDONED_MILLISECONDS) rmSync(file, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, BEAT_MILLISECONDS));
  }
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // Removed by hand: the set-up goes on, only without keeping others out.
    }
  }, BEAT_MILLISECONDS);
  beat.unref();
  return () => {
    clearInterval(beat);
    rmSync(file, { force: true });
  };
}

/** @param {string} file */
function tryToTake(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function age(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    // Given back between the two looks.
    return 0;
  }
}
