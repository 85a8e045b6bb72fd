/**
 * Everything that runs code is an instance: started from a program and an environment, it answers
 * HTTP requests, logs, and ends with an exit code. A host starts it: a Node process, a Web Worker,
 * a Docker container. Products above know nothing of the host.
 */
export interface Program {
  /** The folder it runs in: a real path on a machine, a virtual one in a tab. */
  readonly directory: string;
  /** The module to run, relative to the folder: `index.ts`; an absolute one may lie elsewhere. */
  readonly entry: string;
  readonly arguments?: readonly string[];
}

export interface StartOptions {
  /** Names the instance in logs and events: `web-1`. */
  readonly id: string;
  /** All it sees of the outside, beside what the host adds (PATH, TMPDIR). `PORT` '0' means any free port. */
  readonly environment: Readonly<Record<string, string>>;
  /** `read-only`: nothing but the instance's own temporary folder can be written, as on a function platform. */
  readonly disk: 'writable' | 'read-only';
  /** The first process of its container: a SIGTERM that it has no handler for is ignored, as the kernel does for PID 1. */
  readonly first?: boolean;
  onLog(line: LogLine): void;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** `code` is null when a signal ended it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** What an instance has used since it started. */
export interface Usage {
  readonly cpuMilliseconds: number;
  readonly memoryBytes: number;
}

export interface Instance {
  readonly id: string;
  /** Resolves with the port once the program listens; rejects with its last log lines when it ends before. */
  readonly listening: Promise<number>;
  readonly exited: Promise<Exit>;
  /** Sends one HTTP request to the program; rejects when the instance ends before it has answered. */
  fetch(request: Request): Promise<Response>;
  /** SIGTERM, and SIGKILL after `grace` milliseconds. */
  stop(grace: number): Promise<Exit>;
  /** SIGKILL. */
  kill(): Promise<Exit>;
  /** Where the host can measure it; undefined when the instance has ended or says nothing in time. */
  usage?(): Promise<Usage | undefined>;
}

/**
 * Starts instances.
 *
 * @example
 * const instance = host.start({ directory, entry: 'index.ts' }, { id: 'web-1', environment: { PORT: '0' }, disk: 'writable', onLog });
 * await instance.listening;
 * const response = await instance.fetch(new Request('http://localhost/healthz'));
 */
export interface Host {
  start(program: Program, options: StartOptions): Instance;
}
