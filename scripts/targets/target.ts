import type { Emit } from '../cloud/shared/events.ts';
import type { Deployment, Platform } from '../cloud/shared/platform.ts';
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
  /** How many times as fast the windows of an autoscaler pass; probes and time-outs stay real. Default 1. */
  readonly speed?: number;
  /** Hears what is done before the stage starts: packages installed, a bundle built. */
  readonly say?: (line: string) => void;
  /**
   * True: services beside the stage keep what they store in its folder, and one that this process's
   * environment names is used in their place. Otherwise each run begins with empty ones of its own.
   */
  readonly keep?: boolean;
  /** False: packages and bundle are as they must be, and are not touched. */
  readonly prepare?: boolean;
}

/** What starts a target and knows nothing of what runs beside it. */
export type TargetDeployment = Platform & Pick<Deployment, 'url' | 'close'>;

/** The same with every default in place. */
export interface TargetOptions extends Required<Omit<DeployOptions, 'idle' | 'keep'>> {
  readonly stage: Stage;
  /** The variables by which the stage finds what runs beside it; a manifest hands them out by name. */
  readonly services: Readonly<Record<string, string>>;
  readonly idle: number | undefined;
}
