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
}
