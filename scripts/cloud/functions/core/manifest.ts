/** A handler that runs beside the calls, at the start or the end of an instance. */
export interface Hook {
  readonly handler: string;
  readonly timeout: number;
}

/** A function as its manifest declares it, with the cloud's defaults. Times in seconds, sizes in megabytes. */
export interface FunctionSpec {
  /** Its key in the manifest; names its instances: `web`. */
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly runtime: string;
  readonly handler: string;
  /** The folder that is uploaded, relative to the manifest. */
  readonly code: string;
  readonly timeout: number;
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  /** How long a runtime may take until it listens; undefined is the cloud's own time. */
  readonly startTimeout?: number;
  readonly initializer?: Hook;
  readonly preStop?: Hook;
  /** How many instances are reserved for it; there are never more. */
  readonly reserved?: number;
  /** What its HTTP trigger lets through; undefined without one. */
  readonly methods?: readonly string[];
}

export interface Route {
  readonly path: string;
  readonly functionName: string;
  readonly methods?: readonly string[];
}

export interface Domain {
  readonly name: string;
  readonly routes: readonly Route[];
}

/** What a platform runs, whichever cloud's file it was read from. */
export interface Manifest {
  readonly functions: readonly FunctionSpec[];
  readonly domains: readonly Domain[];
}
