// What the page and a worker say to each other. Everything here is copied on its way, never shared.
import type { Exit, LogLine } from '../../shared/instance.ts';
import type { DiskChange, DiskImage } from './disk.ts';

/** The entry that stands for the built-in runtime of functions, which comes with the worker. */
export const FUNCTIONS_RUNTIME = 'lab:functions-runtime';

export type Header = readonly [name: string, value: string];

/** All that a program starts with. */
export interface Start {
  readonly type: 'start';
  readonly id: string;
  readonly directory: string;
  /** Absolute, or `FUNCTIONS_RUNTIME`. */
  readonly entry: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly disk: DiskImage;
  /** Only the temporary folder can be written. */
  readonly isReadOnly: boolean;
  /** Services outside that the program can reach: `http://tablestore.lab`. */
  readonly origins: readonly string[];
  /** Absolute path -> address, and why some have none. */
  readonly modules: Readonly<Record<string, string>>;
  readonly broken: Readonly<Record<string, string>>;
}

/** One HTTP request; the answer comes through the port that travels with it. */
export interface IncomingRequest {
  readonly type: 'request';
  /** The host's number of this request, for traces. */
  readonly number: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: readonly Header[];
  /** `stream`: it follows through the port. */
  readonly body: ArrayBuffer | 'stream' | null;
}

export type ToWorker =
  | Start
  | IncomingRequest
  | { readonly type: 'signal'; readonly signal: string }
  /** Asks for a sign of life. */
  | { readonly type: 'ping' };

/** What happened inside, finer than the events of a platform. */
export type InsideTrace =
  | {
      readonly kind: 'middleware';
      readonly phase: 'start' | 'end';
      /** The function's own name: `securityHeaders`. */
      readonly name: string;
      /** The file that put it into its app, from the program's folder: `controllers/rule.ts`. */
      readonly file?: string;
      /** Its error, when it ended with one. */
      readonly error?: string;
    }
  | { readonly kind: 'disk'; readonly operation: 'read' | 'write'; readonly path: string }
  /** The program asks a service outside, by its origin. */
  | { readonly kind: 'call'; readonly to: string };

/** A request of the program to a service outside; the answer comes through the port that travels with it. */
export interface OutgoingCall {
  readonly type: 'call';
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: ArrayBuffer | null;
}

export type FromWorker =
  | { readonly type: 'listening'; readonly port: number }
  | ({ readonly type: 'log' } & LogLine)
  | { readonly type: 'disk'; readonly change: DiskChange }
  | OutgoingCall
  | { readonly type: 'trace'; readonly request?: number; readonly trace: InsideTrace }
  | ({ readonly type: 'exit' } & Exit)
  | { readonly type: 'pong' };

/** Through a request's port, from who answers. */
export type ToRequester =
  | {
      readonly type: 'head';
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly Header[];
    }
  | { readonly type: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'end' }
  /** `code` says that nobody was there, in Node's words: ECONNREFUSED. */
  | { readonly type: 'failed'; readonly message: string; readonly code?: string };

/** Through a request's port, to who answers. */
export type ToAnswerer =
  | { readonly type: 'abort' }
  /** More of a body that streams, and its end. */
  | { readonly type: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'end' };
