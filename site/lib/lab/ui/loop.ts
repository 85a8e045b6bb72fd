/**
 * The least time between two drawings. Thirty a second look smooth for dots, and leave the page's thread
 * to the requests that it carries.
 */
const BETWEEN_MS = 33;

/** Draws a few times a second, and only while there is something to draw. */
export interface Loop {
  /** Asks for another drawing. */
  wake(): void;
  stop(): void;
}

/**
 * Calls `draw` in a frame soon after `wake`, and again for as long as it answers true.
 *
 * @example const loop = createLoop((now) => diagram.draw(now));
 */
export function createLoop(draw: (now: number) => boolean): Loop {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame: number | undefined;
  let stopped = false;
  let drawnAt = -Infinity;

  function wake(): void {
    if (stopped || timer !== undefined || frame !== undefined) return;
    const wait = drawnAt + BETWEEN_MS - performance.now();
    // A frame that is asked for costs the page a round of styles even when nothing is drawn in it.
    if (wait > 0) timer = setTimeout(ask, wait);
    else ask();
  }

  function ask(): void {
    timer = undefined;
    frame = requestAnimationFrame((now) => {
      frame = undefined;
      drawnAt = performance.now();
      if (draw(now)) wake();
    });
  }

  return {
    wake,
    stop() {
      stopped = true;
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
    },
  };
}
