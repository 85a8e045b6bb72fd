import type { Headers } from '../core/signature.ts';

/** A request as it came over HTTP. */
export interface WireRequest {
  readonly method: string;
  /** As it was asked for: `/PutRow`. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Headers;
  /** Longer than a request may be when it was cut there. */
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
