// What keeps a Node process alive: a listening server, a timer, a request, a file being read. When nothing
// does any more the process ends by itself. A browser's worker never would.

let held = 0;
let onEmpty: (() => void) | undefined;
let isChecking = false;

/**
 * Keeps the process alive until the answer is called.
 *
 * @example
 * const release = hold();
 * await read();
 * release();
 */
export function hold(): () => void {
  held += 1;
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    held -= 1;
    check();
  };
}

/** Calls back, once, when nothing is held and everything that was due has run. */
export function whenEmpty(callback: () => void): void {
  onEmpty = callback;
  check();
}

/** A rejection that nobody handles is told in a turn of its own, which has to come before the end. */
const LAST_WORDS_MS = 5;
// The browser's own, kept before the program's take its name.
const { setTimeout } = globalThis;

function check(): void {
  if (held > 0 || isChecking || !onEmpty) return;
  isChecking = true;
  setTimeout(() => {
    isChecking = false;
    if (held > 0 || !onEmpty) return;
    const callback = onEmpty;
    onEmpty = undefined;
    callback();
  }, LAST_WORDS_MS);
}
