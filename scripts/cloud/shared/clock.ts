/**
 * Time as the local cloud sees it. Engines take a clock and never touch `Date.now` or timers,
 * so that a test can turn it and a reader can skip a five-minute idle window.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `delay` milliseconds of this clock; the answer cancels it. */
  after(delay: number, callback: () => void): () => void;
}
