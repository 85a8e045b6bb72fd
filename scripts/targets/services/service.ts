import type { Emit } from '../../cloud/shared/events.ts';

/** What every service beside a stage is started with. */
export interface ServiceOptions {
  /** The stage's folder. */
  readonly directory: string;
  /** Where what it stores outlives it; undefined: nothing does. */
  readonly keepIn: string | undefined;
  /** Runs a script of the stage that makes a folder; undefined: what is there is taken as it is. */
  readonly build: ((script: string, folder: string) => Promise<void>) | undefined;
  readonly emit: Emit;
  /** Told what a person should know. */
  readonly say: (line: string) => void;
}

/** Something that runs beside a stage, reached by the environment variables that it names. */
export interface Service {
  /** What the stage has to know of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Answers a request to its address, for one that a browser may ask too. */
  fetch?(request: Request): Promise<Response>;
  /** Takes it away: whoever calls it finds nobody there. What it stores stays. */
  interrupt(): Promise<void>;
  /** Brings it back at the same address. */
  restore(): Promise<void>;
  close(): Promise<void>;
}
