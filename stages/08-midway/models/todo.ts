/** Closed, in progress, done, paused: the numbers are the wire format of 2020. */
export const STATUS = { closed: 0, inProgress: 1, done: 2, paused: 3 } as const;
export type Status = (typeof STATUS)[keyof typeof STATUS];

/** A todo as it travels. `rule` is its name in the API, because Ant Design Pro's list page called it so. */
export interface Todo {
  readonly key: string;
  readonly name: string;
  readonly desc: string;
  readonly status: Status;
  readonly owner: string;
  readonly avatar: string;
  readonly href: string;
  /** Counts up and is never given twice, whatever is deleted. */
  readonly callNo: number;
  /** Per cent. */
  readonly progress: number;
  readonly disabled: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts changes: a writer that sends an old one is told so. */
  readonly version: number;
}

/** What a client may say about a new todo; all else is the server's. */
export interface Draft {
  readonly name: string;
  readonly desc: string;
}

/** What a client may change: a field that is absent stays as it is. */
export interface Patch extends Partial<Draft> {
  readonly key: string;
  readonly status?: Status;
  readonly version?: number;
}
