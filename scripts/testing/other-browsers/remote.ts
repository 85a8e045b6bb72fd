import type { PageTools } from './page-tools.ts';

/** A page in a browser that is driven from here. */
export interface Remote {
  go(url: string): Promise<void>;
  /** Evaluates an expression in the page and waits for what it promises; rejects with its error. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A browser beside Chromium, which this machine may or may not have. */
export interface OtherBrowser {
  readonly name: string;
  /** What it lacks on this machine, and how to get it; undefined: it can be opened. */
  missing(): string | undefined;
  open(): Promise<Remote>;
}

/** Runs in the page: it may use its tools and nothing from around it. */
export type InPage = (tools: PageTools) => Promise<void>;
