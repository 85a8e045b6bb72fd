import type { Emit } from '../../cloud/shared/events.ts';

/** What every service beside a stage is started with. */
export interface ServiceOptions {
  /** The stage's folder. */
  readonly directory: string;
  /** Where what it stores outlives it; undefined: nothing does. */
  readonly keepIn: string | undefined;
  readonly emit: Emit;
  /** Told what a person should know. */
  readonly say: (line: string) => void;
}

/** Something that runs beside a stage, reached by the environment variables that it names. */
export interface Service {
  /** What the stage has to know of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes it away: whoever calls it finds nobody there. What it stores stays. */
  interrupt(): Promise<void>;
  /** Brings it back at the same address. */
  restore(): Promise<void>;
  close(): Promise<void>;
}
