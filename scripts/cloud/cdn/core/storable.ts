import { parseCacheControl, seconds } from './cache-control.ts';
import { type Answered, lifetime } from './freshness.ts';

/** Never kept (alibabacloud.com/help/doc-detail/310070.htm), nor is a part of an object. */
const NEVER = new Set([206, 303, 304, 401, 407]);

/**
 * Whether an edge keeps a response: RFC 9111, 3, and what goes first with Alibaba Cloud CDN, namely that
 * no-cache, no-store, private, max-age=0 and `Pragma: no-cache` of the origin mean no keeping at all.
 *
 * @example isStorable(request, { status: 200, headers: new Headers({ 'cache-control': 'max-age=60' }) }, now) // true
 */
export function isStorable(
  request: { readonly method: string; readonly headers: Headers },
  response: Answered,
  receivedAt: number,
): boolean {
  const { status, headers } = response;
  const directives = parseCacheControl(headers.get('cache-control'));
  if (request.method !== 'GET' || NEVER.has(status)) return false;
  if (['no-store', 'no-cache', 'private'].some((name) => directives.has(name))) return false;
  if (seconds(directives, 'max-age') === 0 && !directives.has('s-maxage')) return false;
  if (headers.get('pragma')?.includes('no-cache')) return false;
  // A cookie is for one user; an edge answers everybody.
  if (headers.has('set-cookie')) return false;
  if (headers.get('vary')?.includes('*')) return false;
  if (request.headers.has('authorization') && !sharedOnPurpose(directives)) return false;
  return lifetime(response, receivedAt) > 0;
}

/** What makes an answer to one who has signed in everybody's (RFC 9111, 3.5). */
function sharedOnPurpose(directives: ReadonlyMap<string, string>): boolean {
  return ['public', 's-maxage', 'must-revalidate'].some((name) => directives.has(name));
}
