/** Draws once a frame, and only while there is something to draw. */
export interface Loop {
  /** Asks for the next frame. */
  wake(): void;
  stop(): void;
}

/**
 * Calls `draw` in the frame after `wake`, and again for as long as it answers true.
 *
 * @example const loop = createLoop((now) => diagram.draw(now));
 */
export function createLoop(draw: (now: number) => boolean): Loop {
  let asked: number | undefined;
  let stopped = false;

  function wake(): void {
    if (stopped) return;
    asked ??= requestAnimationFrame((now) => {
      asked = undefined;
      if (draw(now)) wake();
    });
  }

  return {
    wake,
    stop() {
      stopped = true;
      if (asked !== undefined) cancelAnimationFrame(asked);
    },
  };
}
