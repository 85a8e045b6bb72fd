import type { Api } from './api.ts';
import type { Capability } from './capabilities.ts';

/** One idea about the API, told apart by an id like `update/merges`. */
export interface Check {
  readonly id: string;
  /** What holds when it passes, as a sentence. */
  readonly title: string;
  readonly needs?: readonly Capability[];
  /** Throws `Unmet` when it does not hold. Todos that carry the marker are removed afterwards. */
  run(api: Api, outside: Outside): Promise<void>;
}

/** What a check may do beside calling the API. */
export interface Outside {
  /** Restarts the service; only for checks that need `restart`. */
  restart(): Promise<void>;
  /** Whether the service is reached by https. */
  readonly secure: boolean;
  /** The key that the service signs tokens with, as its environment has it; only for checks that need `secret`. */
  readonly secret: string;
}
