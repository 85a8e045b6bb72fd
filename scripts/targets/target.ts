import type { Emit } from '../cloud/shared/events.ts';
import type { Stage } from '../stages/catalogue.ts';

/** What a caller may ask of a deployment. */
export interface DeployOptions {
  /** Default 3001; 0 is any free port. */
  readonly port?: number;
  readonly emit?: Emit;
  /** Environment variables beside those of the stage's own manifest. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How long a function's instance stays without a request before it is reclaimed, in milliseconds. */
  readonly idle?: number;
  /** Hears what is done before the stage starts: packages installed, a bundle built. */
  readonly say?: (line: string) => void;
  /** False: packages and bundle are as they must be, and are not touched. */
  readonly prepare?: boolean;
}

/** The same with every default in place. */
export interface TargetOptions extends Required<Omit<DeployOptions, 'idle'>> {
  readonly stage: Stage;
  readonly idle: number | undefined;
}
