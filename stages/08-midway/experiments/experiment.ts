/** A text in every language of the course. */
export interface Text {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** An instance as an experiment sees it. */
export interface InstanceView {
  readonly id: string;
  readonly service: string;
  readonly state: 'starting' | 'idle' | 'busy' | 'stopped';
  /** How many requests it has answered. */
  readonly served: number;
}

/** Clients that are asking. */
export interface Load {
  /** Resolves when the last answer is there; what failed is told by its status, or by the error's message. */
  stop(): Promise<{ readonly answered: number; readonly failures: readonly string[] }>;
}

/** What an experiment may do to the running stage, and how it reports. */
export interface Bench {
  /**
   * Sends a request to the stage: the path starts with a slash. A whole address asks what stands beside the
   * stage and a browser asks too, its CDN.
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Clients that ask for a path without a break until they are stopped; only how it went is kept, not each request. */
  load(path: string, clients: number): Load;
  /** Shuts every instance down (SIGTERM first), then starts as the platform does at first. */
  restart(): Promise<void>;
  /** SIGKILL to one instance, or to all. */
  kill(instance?: string): Promise<void>;
  /** Lets platform time pass: idle windows elapse at once. */
  wait(milliseconds: number): Promise<void>;
  instances(): readonly InstanceView[];
  /** Deploys the same program with other environment variables: every instance is replaced. */
  redeploy(environment: Readonly<Record<string, string>>): Promise<void>;
  /**
   * What `kubectl` prints for a line, on targets that are a cluster; rejects with what it says when it fails.
   * With `isAwaited` the line is repeated until its output is so, or a minute is over; the last one is kept.
   */
  kubectl(line: string, isAwaited?: (output: string) => boolean): Promise<string>;
  /** The same with `docker`, on targets that are Docker: IMAGE and CONTAINER in the line are the stage's own. */
  docker(line: string): Promise<string>;
  /** The same with `kn`, on targets that have Knative: `service update user --traffic user-v2=100`. */
  kn(line: string): Promise<string>;
  /** Takes a service beside the stage away, such as "tablestore": whoever calls it finds nobody there. */
  interrupt(service: string): Promise<void>;
  /** Brings it back, with all that it stores. */
  restore(service: string): Promise<void>;
  /** Says what is done next; what happens until the next step belongs to it. */
  step(what: Text): void;
  /** Records what was seen beside what the hypothesis expects; unequal values refute it. */
  observe(what: Text, seen: unknown, expected: unknown): void;
}

/**
 * A hypothesis about a stage and the steps that test it. The file's name is its id; the same file
 * runs from a button on the page, from `npm run stage experiment` and in the course's own tests.
 */
export interface Experiment {
  readonly title: Text;
  readonly target: string;
  readonly hypothesis: Text;
  /** Asked before the run; exactly one answer holds. */
  readonly prediction: {
    readonly question: Text;
    readonly answers: readonly { readonly text: Text; readonly holds: boolean }[];
  };
  run(bench: Bench): Promise<void>;
  /** What the observations mean, shown with the verdict. */
  readonly conclusion: Text;
}
