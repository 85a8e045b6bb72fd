import type { Clock } from '../../shared/clock.ts';
import type { CacheOutcome, Emit } from '../../shared/events.ts';
import { type Tell, traced } from '../../shared/traced-request.ts';
import { createRequest } from '../../shared/web-messages.ts';
import { refreshed } from '../core/conditional.ts';
import { type AllowedOrigins, corsHeaders, preflight } from '../core/cors.ts';
import { edgeHeaders, passedOn } from '../core/edge-headers.ts';
import { decide, initialAge, lifetime, mayStandIn } from '../core/freshness.ts';
import { CACHE_BYTES, OBJECT_BYTES, ORIGIN_TIMEOUT_MS } from '../core/limits.ts';
import type { Purge } from '../core/purge.ts';
import { isStorable } from '../core/storable.ts';
import { selectorOf } from '../core/vary.ts';
import { type Body, readBody } from './body.ts';
import { type Origin, pull, type Pulled } from './pull.ts';
import { represent } from './represent.ts';
import { createStore, type StoredObject } from './store.ts';

export interface CdnOptions {
  readonly origin: Origin;
  /** How old objects become; it can be skipped. */
  readonly clock: Clock;
  /** Real time, for the origin's time-out. */
  readonly requestClock: Clock;
  readonly emit: Emit;
  /** Origins of pages that may use what is here; every one by default. */
  readonly allowedOrigins?: AllowedOrigins;
  /** Compress text for browsers that take it. In a tab nobody would undo it. */
  readonly compress?: boolean;
  /** How long an origin may take, in milliseconds; 30 s by default. */
  readonly originTimeout?: number;
  /** How much is kept, in bytes; 64 MB by default. */
  readonly capacity?: number;
  /** A larger object is passed on and not kept; 16 MB by default. */
  readonly largest?: number;
  /** Told why an origin could not be reached. */
  readonly report?: (error: unknown) => void;
}

/** One edge of a CDN, with one domain. */
export interface Cdn {
  handle(request: Request): Promise<Response>;
  /** The same for a path, as experiments ask. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Forgets an object or a directory of them, and tells how many there were. */
  purge(purge: Purge): number;
}

/** What a request is answered with, before it is cut to what this client wants. */
interface Found {
  readonly outcome: CacheOutcome;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly stored?: StoredObject;
}

const METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Makes an edge before an origin.
 *
 * @example
 * const cdn = createCdn({ origin, clock, requestClock: systemClock, emit });
 * await cdn.fetch('/app-4F7KQ2ZX.js'); // X-Cache: MISS TCP_MISS
 * await cdn.fetch('/app-4F7KQ2ZX.js'); // X-Cache: HIT TCP_MEM_HIT
 */
export function createCdn(options: CdnOptions): Cdn {
  const { clock, emit, allowedOrigins = ['*'], compress = false } = options;
  const { report = () => undefined } = options;
  const { largest = OBJECT_BYTES, originTimeout: timeout = ORIGIN_TIMEOUT_MS } = options;
  const store = createStore(options.capacity ?? CACHE_BYTES);
  const tell: Tell = (change) => emit({ at: clock.now(), ...change });
  /** Pulls under way that others wait for, by key. */
  const pulls = new Map<string, Promise<unknown>>();
  let requests = 0;
  let purges = 0;

  async function handle(request: Request): Promise<Response> {
    // Beside the stage's own requests, which are called r1, r2.
    const id = `c${++requests}`;
    return traced(request, { id, to: 'cdn', clock, tell }, async () => {
      tell({ type: 'hop', request: id, from: 'browser', to: 'cdn' });
      const begun = clock.now();
      const { method, headers } = request;
      if (!METHODS.includes(method)) return refuse(405, { allow: METHODS.join(', ') });
      if (method === 'OPTIONS') {
        const { status, headers: told } = preflight(allowedOrigins, headers.get('origin'));
        return new Response(null, { status, headers: told });
      }
      const found = await find(request, id);
      tell({ type: 'cache', request: id, node: 'cdn', outcome: found.outcome });
      const now = clock.now();
      const response = await represent(found, request, compress);
      const { status } = response;
      const { outcome, stored } = found;
      const edge = edgeHeaders({ outcome, status, stored, now, took: now - begun });
      for (const [name, value] of Object.entries(edge)) response.headers.set(name, value);
      const cors = Object.entries(corsHeaders(allowedOrigins, headers.get('origin')));
      for (const [name, value] of cors) {
        if (name === 'vary') response.headers.append(name, value);
        else response.headers.set(name, value);
      }
      return response;
    });
  }

  async function find(request: Request, id: string): Promise<Found> {
    const key = keyOf(request);
    for (let waited = false; ; waited = true) {
      const stored = store.find(key, request.headers);
      const decision = decide(stored, clock.now());
      if (stored && decision === 'hit') return kept('hit', stored);
      if (stored && decision === 'stale') {
        if (!pulls.has(key)) void share(key, () => ask(request, id, stored));
        return kept('stale', stored);
      }
      const underWay = pulls.get(key);
      // What was pulled for another may be for that one alone: then this one asks too, and nobody waits for it.
      if (waited) return ask(request, id, stored);
      if (!underWay) return share(key, () => ask(request, id, stored));
      await underWay;
    }
  }

  /** Lets all who come meanwhile wait for one pull. */
  async function share(key: string, start: () => Promise<Found>): Promise<Found> {
    const asked = start();
    pulls.set(key, asked);
    try {
      return await asked;
    } finally {
      pulls.delete(key);
    }
  }

  async function ask(request: Request, id: string, stored?: StoredObject): Promise<Found> {
    tell({ type: 'hop', request: id, from: 'cdn', to: 'origin' });
    const before = purges;
    const pulled = await pull(request, stored, { ...options, timeout, report });
    if (stored && (failed(pulled) || pulled.response.status >= 500)) {
      if (mayStandIn(stored, clock.now())) return kept('stale', stored);
    }
    if (failed(pulled)) return stand(pulled.failed === 'late' ? 504 : 502);
    const { response, ...timing } = pulled;
    const key = keyOf(request);
    // What was asked for before a purge is not what the purge was for.
    const isCurrent = before === purges;
    if (stored && response.status === 304) {
      const headers = refreshed(stored.headers, passedOn(response.headers));
      const renewed = { ...stored, headers, ...freshness(stored.status, headers, timing) };
      if (isCurrent) store.put(key, renewed);
      return kept('unchanged', renewed);
    }
    const headers = passedOn(response.headers);
    const { status } = response;
    const outcome = stored ? 'changed' : 'miss';
    const body = await readBody(response.body, largest).catch(() => undefined);
    if (!body) return stand(502);
    if (stored) store.remove(key, stored);
    const asked = { method: 'GET', headers: request.headers };
    if ('stream' in body || !isStorable(asked, { status, headers }, timing.receivedAt))
      return { outcome, status, headers, body };
    const object: StoredObject = {
      ...freshness(status, headers, timing),
      status,
      headers,
      body: body.bytes,
      selector: selectorOf(request.headers, headers),
    };
    if (isCurrent) store.put(key, object);
    return kept(outcome, object);
  }

  return {
    handle,
    fetch: (path, init) => handle(createRequest(new URL(path, 'http://cdn.localhost'), init)),
    purge(purge) {
      purges += 1;
      return store.purge(purge);
    },
  };
}

/** An address without its host: an edge here has one domain. The query is part of it. */
function keyOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}

function freshness(
  status: number,
  headers: Headers,
  timing: { readonly requestedAt: number; readonly receivedAt: number },
): Pick<StoredObject, 'receivedAt' | 'initialAge' | 'lifetime'> {
  const { receivedAt } = timing;
  const age = initialAge(headers, timing);
  return { receivedAt, initialAge: age, lifetime: lifetime({ status, headers }, receivedAt) };
}

function failed(pulled: Pulled): pulled is Extract<Pulled, { failed: string }> {
  return 'failed' in pulled;
}

function kept(outcome: CacheOutcome, stored: StoredObject): Found {
  const { status, headers, body } = stored;
  return { outcome, status, headers, body: { bytes: body }, stored };
}

const REASONS = { 405: 'Not Allowed', 502: 'Bad Gateway', 504: 'Gateway Time-out' } as const;

/** What the edge itself has to say, in the place of an origin that says nothing. */
function stand(status: 502 | 504): Found {
  const bytes = new TextEncoder().encode(pageOf(status));
  const headers = new Headers({ 'content-type': 'text/html', 'cache-control': 'no-store' });
  return { outcome: 'miss', status, headers, body: { bytes } };
}

function refuse(status: 405, headers: Record<string, string>): Response {
  return new Response(pageOf(status), {
    status,
    headers: { 'content-type': 'text/html', ...headers },
  });
}

function pageOf(status: keyof typeof REASONS): string {
  return `<html><head><title>${status} ${REASONS[status]}</title></head><body><h1>${status} ${REASONS[status]}</h1></body></html>\n`;
}
