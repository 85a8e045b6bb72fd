import type { Deployment } from '../cloud/shared/platform.ts';
import type { Target, Text } from '../stages/schema.ts';

/** A change that a reader makes to a copy of a stage, and what shows that it is right. */
export interface Task {
  /** Number of the stage. */
  readonly stage: number;
  readonly name: string;
  readonly title: Text;
  /** What is asked for, and why it is worth doing. Backticks mark code. */
  readonly text: Text;
  readonly hints: readonly Text[];
  /** In order; a later one is not tried when one before it does not hold. */
  readonly steps: readonly Step[];
  /** One way to do it. */
  readonly solution: readonly Edit[];
}

export interface Step {
  /** What holds, as a sentence. */
  readonly says: Text;
  /** Throws `Unmet` when it does not. */
  run(bench: Bench): Promise<void>;
}

/** What a step may do with the reader's copy. */
export interface Bench {
  /** Starts it, or answers with the one that was started in the same way before. */
  start(options?: StartOptions): Promise<Deployment>;
  /** A file of it, or undefined. */
  read(path: string): string | undefined;
}

export interface StartOptions {
  /** `process` unless told. */
  readonly target?: Target;
  readonly environment?: Readonly<Record<string, string>>;
}

/** In a file, one text is put in the place of another, which is there once. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}
