/** What a cluster can be spoken to with. */
export type Tool = 'kubectl' | 'kn';

/** A command line on its way to the process that runs the cluster. */
export interface ControlRequest {
  readonly tool: Tool;
  readonly words: readonly string[];
  /** The texts of the files that the line names. */
  readonly files: Readonly<Record<string, string>>;
}

/** What comes back: a line of JSON for each, the exit code last. */
export type ControlAnswer =
  | { readonly out: string }
  | { readonly err: string }
  | { readonly code: number };

/** What a cluster writes beside its socket, so that it can be found. */
export interface ClusterRecord {
  /** The stage's id. */
  readonly stage: string;
  readonly tools: readonly Tool[];
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** Of a real cluster: what the kubectl of this machine is bound to. Nobody listens on a socket then. */
  readonly real?: RealCluster;
}

/** Where a stage is in a real cluster. */
export interface RealCluster {
  readonly context: string;
  readonly namespace: string;
}

/** Short: a socket's path may have 104 characters on macOS, whose temporary folder has half of them. */
export const SOCKET = 's';
export const RECORD = 'cluster.json';
