import type { Emit } from './events.ts';

/** An instance as an experiment sees it. */
export interface InstanceView {
  readonly id: string;
  /** The process or function it belongs to: `web`. */
  readonly service: string;
  readonly state: 'starting' | 'idle' | 'busy' | 'stopped';
  /** How many requests it has answered. */
  readonly served: number;
}

/**
 * What an experiment may do to a running stage: the same verbs on a laptop and in a tab, whatever
 * the product below. It carries its own time, so `wait` costs none.
 */
export interface Platform {
  /** Sends a request to the stage's address: the path starts with a slash. A deployment also takes the whole address of its CDN. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Ends every instance as a shut-down does (SIGTERM first), then starts as the platform does at first. */
  restart(): Promise<void>;
  /** SIGKILL to one instance, or to all. Who starts it again is the platform's affair. */
  kill(instance?: string): Promise<void>;
  /** Lets platform time pass: idle windows elapse at once. Request time-outs stay real. */
  wait(milliseconds: number): Promise<void>;
  instances(): readonly InstanceView[];
  /** Deploys the same program with other environment variables: every instance is replaced. */
  redeploy(environment: Readonly<Record<string, string>>): Promise<void>;
  /** On a cluster: what `kubectl` prints for a line; rejects with what it says when it fails. */
  kubectl?(line: string): Promise<string>;
  /** On Docker: what `docker` prints for a line, in which IMAGE and CONTAINER are the stage's own. */
  docker?(line: string): Promise<string>;
  /** With Knative: what `kn` prints for a line; rejects with what it says when it fails. */
  kn?(line: string): Promise<string>;
}

/** What stands beside a stage, such as its table, and can be taken away from it. */
export interface Surroundings {
  /** Takes a service away: whoever calls it finds nobody there. What it stores stays. */
  interrupt(service: string): Promise<void>;
  /** Brings it back at the same address. */
  restore(service: string): Promise<void>;
}

/** A stage that runs on one of its targets. */
export interface Deployment extends Platform, Surroundings {
  /** Where a browser finds it: `http://localhost:3001`. */
  readonly url: string;
  /** Ends all it started and removes what it left; resolves when nothing is left. */
  close(): Promise<void>;
}

/** What every product takes beside its own options. */
export interface ProductOptions {
  readonly emit: Emit;
}
