import type { Clock } from '../../shared/clock.ts';
import { createRequest } from '../../shared/web-messages.ts';
import { validatorsOf } from '../core/conditional.ts';
import { passedOn } from '../core/edge-headers.ts';
import { normalEncoding } from '../core/encoding.ts';
import type { Timing } from '../core/freshness.ts';

/** Where objects come from: a bucket of files, a server, a function. */
export type Origin = (request: Request) => Promise<Response>;

/** What an origin has answered, and when; or why it has not. */
export type Pulled =
  | ({ readonly response: Response } & Timing)
  | { readonly failed: 'unreachable' | 'late' };

/** Headers that are a matter between the client and this edge. */
const OWN = [
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
];

export interface PullOptions {
  readonly origin: Origin;
  readonly clock: Clock;
  /** Real time, for the time-out. */
  readonly requestClock: Clock;
  /** In milliseconds. */
  readonly timeout: number;
  /** Told why an origin could not be reached; a reader only learns that it could not. */
  report(error: unknown): void;
}

/**
 * Asks an origin for the whole object, whatever part of it the client wants; for one that is kept, whether it
 * is still the same. A client that goes away ends nothing: others may wait for the same object.
 *
 * @example const pulled = await pull(request, undefined, { origin, clock, requestClock, timeout: 30_000, report: console.error });
 */
export async function pull(
  request: Request,
  stored: { readonly headers: Headers } | undefined,
  { origin, clock, requestClock, timeout, report }: PullOptions,
): Promise<Pulled> {
  const requestedAt = clock.now();
  const giveUp = new AbortController();
  let cancel = (): void => undefined;
  const late = new Promise<'late'>((resolve) => {
    cancel = requestClock.after(timeout, () => {
      resolve('late');
      giveUp.abort();
    });
  });
  try {
    const asked = createRequest(new URL(request.url), {
      headers: originHeaders(request.headers, stored),
      signal: giveUp.signal,
    });
    const response = await Promise.race([origin(asked), late]);
    if (response === 'late') return { failed: 'late' };
    return { response, requestedAt, receivedAt: clock.now() };
  } catch (error) {
    report(error);
    return { failed: 'unreachable' };
  } finally {
    cancel();
  }
}

function originHeaders(
  request: Headers,
  stored: { readonly headers: Headers } | undefined,
): Headers {
  const headers = passedOn(request);
  for (const name of OWN) headers.delete(name);
  const encoding = normalEncoding(request.get('accept-encoding'));
  headers.set('accept-encoding', encoding || 'identity');
  headers.append('via', '1.1 edge1.local');
  for (const [name, value] of stored ? validatorsOf(stored.headers) : []) headers.set(name, value);
  return headers;
}
