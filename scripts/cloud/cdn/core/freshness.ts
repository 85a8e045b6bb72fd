import { type Directives, parseCacheControl, seconds } from './cache-control.ts';
import { ERROR_SECONDS, GUESSED_SECONDS, SECOND_MS } from './limits.ts';

/** A response of an origin, without its body. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
}

/** When a response was asked for and when it came, in milliseconds. */
export interface Timing {
  readonly requestedAt: number;
  readonly receivedAt: number;
}

/** What an edge knows of an object's age: RFC 9111, 4.2. */
export interface Freshness {
  readonly receivedAt: number;
  /** How old it was when it came, in milliseconds. */
  readonly initialAge: number;
  /** How old it may become, in milliseconds. */
  readonly lifetime: number;
}

/** Kept for a moment when the origin says nothing of how long. */
const ERRORS = new Set([204, 301, 305, 404, 405, 414, 424, 429, 500, 501, 502, 503, 504]);
/** Kept as long as their validators suggest when the origin says nothing. */
const GUESSED = new Set([200, 203, 300, 308, 410]);

/**
 * How long a response is fresh, in milliseconds: what the origin says (s-maxage, max-age, Expires, in this
 * order), else what Alibaba Cloud CDN takes it for.
 *
 * @example lifetime({ status: 200, headers: new Headers({ 'cache-control': 'max-age=60' }) }, Date.now()) // 60_000
 */
export function lifetime({ status, headers }: Answered, receivedAt: number): number {
  const directives = parseCacheControl(headers.get('cache-control'));
  const said = seconds(directives, 's-maxage') ?? seconds(directives, 'max-age');
  if (said !== undefined) return said * SECOND_MS;
  const expires = headers.get('expires');
  if (expires !== null) {
    const from = time(headers.get('date')) ?? receivedAt;
    return Math.max(0, (time(expires) ?? from) - from);
  }
  if (ERRORS.has(status)) return ERROR_SECONDS * SECOND_MS;
  return GUESSED.has(status) ? guess(headers, receivedAt) : 0;
}

function guess(headers: Headers, receivedAt: number): number {
  const { share, least, most } = GUESSED_SECONDS;
  const modified = time(headers.get('last-modified'));
  if (modified !== undefined) {
    const tenth = (receivedAt - modified) * share;
    return Math.min(Math.max(tenth, least * SECOND_MS), most * SECOND_MS);
  }
  return headers.has('etag') ? least * SECOND_MS : 0;
}

/**
 * How old a response is when it comes: by its own Age and its way here, or by its Date (RFC 9111, 4.2.3).
 *
 * @example initialAge(new Headers({ age: '5' }), { requestedAt: 0, receivedAt: 200 }) // 5_200
 */
export function initialAge(headers: Headers, { requestedAt, receivedAt }: Timing): number {
  const age = headers.get('age') ?? '';
  const told = /^\d+$/.test(age) ? Number(age) * SECOND_MS : 0;
  const date = time(headers.get('date'));
  // A Date has whole seconds only: less than one of difference is none.
  const apparent = date === undefined || receivedAt - date < SECOND_MS ? 0 : receivedAt - date;
  return Math.max(apparent, told + (receivedAt - requestedAt));
}

/** @example currentAge({ receivedAt: 0, initialAge: 0, lifetime: 60_000 }, 1_500) // 1_500 */
export function currentAge({ receivedAt, initialAge: before }: Freshness, now: number): number {
  return before + (now - receivedAt);
}

/** What an edge does with an object that it has, or has not. */
export type Decision =
  | 'hit'
  | 'miss'
  /** Ask the origin whether it is still the same. */
  | 'refresh'
  /** Answer with the old one, and ask the origin meanwhile. */
  | 'stale';

/**
 * What to do for a request: RFC 9111, 4, and stale-while-revalidate of RFC 5861.
 *
 * @example decide(undefined, now) // 'miss'
 */
export function decide(
  stored: (Freshness & { readonly headers: Headers }) | undefined,
  now: number,
): Decision {
  if (!stored) return 'miss';
  if (currentAge(stored, now) < stored.lifetime) return 'hit';
  return within(stored, 'stale-while-revalidate', now) ? 'stale' : 'refresh';
}

/**
 * Whether an object that is no longer fresh may stand in for an origin that fails: only where the origin has
 * said so, by stale-if-error (RFC 5861).
 *
 * @example mayStandIn(stored, now)
 */
export function mayStandIn(
  stored: Freshness & { readonly headers: Headers },
  now: number,
): boolean {
  return within(stored, 'stale-if-error', now);
}

function within(
  stored: Freshness & { readonly headers: Headers },
  directive: 'stale-while-revalidate' | 'stale-if-error',
  now: number,
): boolean {
  const directives = parseCacheControl(stored.headers.get('cache-control'));
  if (mustRevalidate(directives)) return false;
  const window = (seconds(directives, directive) ?? 0) * SECOND_MS;
  return currentAge(stored, now) < stored.lifetime + window;
}

/** s-maxage forbids stale answers as proxy-revalidate does (RFC 9111, 5.2.2.10). */
function mustRevalidate(directives: Directives): boolean {
  return ['must-revalidate', 'proxy-revalidate', 's-maxage'].some((name) => directives.has(name));
}

/** Milliseconds since the epoch, or undefined for what is no date. */
function time(value: string | null): number | undefined {
  const parsed = Date.parse(value ?? '');
  return Number.isNaN(parsed) ? undefined : parsed;
}
