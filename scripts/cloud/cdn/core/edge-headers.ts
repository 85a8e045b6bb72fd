import type { CacheOutcome } from '../../shared/events.ts';
import { type Freshness, currentAge } from './freshness.ts';
import { SECOND_MS } from './limits.ts';

/** How Alibaba Cloud CDN names an outcome; its cache is a descendant of Squid. */
const X_CACHE: Readonly<Record<CacheOutcome, string>> = {
  hit: 'HIT TCP_MEM_HIT',
  unchanged: 'HIT TCP_REFRESH_HIT',
  stale: 'HIT TCP_REF_FAIL_HIT',
  miss: 'MISS TCP_MISS',
  changed: 'MISS TCP_REFRESH_MISS',
};

/** Headers of one connection (RFC 9110, 7.6.1); the framing is the next server's own. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
];

/**
 * A message's headers without those that end at this hop.
 *
 * @example passedOn(new Headers({ connection: 'close', etag: '"a"' })) // Headers { etag: '"a"' }
 */
export function passedOn(headers: Headers): Headers {
  const named = (headers.get('connection') ?? '').split(',').map((name) => name.trim());
  const passed = new Headers(headers);
  for (const name of [...HOP_BY_HOP, ...named]) if (/^[\w-]+$/.test(name)) passed.delete(name);
  return passed;
}

export interface EdgeAnswer {
  readonly outcome: CacheOutcome;
  readonly status: number;
  /** Of what is kept; undefined for what is not. */
  readonly stored: Freshness | undefined;
  readonly now: number;
  /** How long the answer took, in milliseconds. */
  readonly took: number;
}

/**
 * What an edge of Alibaba Cloud CDN adds to an answer.
 *
 * @example edgeHeaders({ outcome: 'hit', status: 200, stored, now, took: 0 })['x-cache'] // 'HIT TCP_MEM_HIT dirn:-2:-2'
 */
export function edgeHeaders(answer: EdgeAnswer): Record<string, string> {
  const { outcome, status, stored, now, took } = answer;
  const isHit = X_CACHE[outcome].startsWith('HIT');
  const headers: Record<string, string> = {
    server: 'Tengine',
    via: `edge1.local[${Math.round(took)},${status}-0,${isHit ? 'H' : 'M'}]`,
    'x-cache': `${X_CACHE[outcome]} dirn:-2:-2`,
    'timing-allow-origin': '*',
  };
  if (!stored) return { ...headers, 'x-swift-cachetime': '0' };
  return {
    ...headers,
    ...(isHit && { age: String(Math.floor(currentAge(stored, now) / SECOND_MS)) }),
    'x-swift-savetime': new Date(stored.receivedAt).toUTCString(),
    'x-swift-cachetime': String(Math.floor(stored.lifetime / SECOND_MS)),
  };
}
