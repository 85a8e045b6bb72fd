/**
 * Where an engine's writes outlive it. An answer is given only when all that it tells of is flushed, a
 * read's too: nobody ever saw what a crash then takes back.
 */
export interface Log {
  /** Takes a record; those appended together may be flushed together. */
  append(record: Uint8Array): void;
  /** Resolves when all that was appended survives a crash; rejects for good once a record could not be kept. */
  flushed(): Promise<void>;
}

/**
 * Keeps nothing: tables live and die with the engine.
 *
 * @example createEngine({ log: memoryLog, … })
 */
export const memoryLog: Log = {
  append: () => undefined,
  flushed: () => Promise.resolve(),
};
