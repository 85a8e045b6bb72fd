/**
 * Whether the client has the object already: If-None-Match, and only without it If-Modified-Since (RFC 9110, 13.2.2).
 *
 * @example isUnchanged(new Headers({ 'if-none-match': '"a"' }), new Headers({ etag: '"a"' })) // true
 */
export function isUnchanged(request: Headers, stored: Headers): boolean {
  const tags = request.get('if-none-match');
  if (tags !== null) {
    const own = stored.get('etag');
    if (tags.trim() === '*') return true;
    return own !== null && listed(tags).includes(opaque(own));
  }
  const since = Date.parse(request.get('if-modified-since') ?? '');
  const modified = Date.parse(stored.get('last-modified') ?? '');
  return modified <= since;
}

/**
 * The headers that ask an origin whether an object is still the same; none when it has no validator.
 *
 * @example validatorsOf(new Headers({ etag: '"a"' })) // [['if-none-match', '"a"']]
 */
export function validatorsOf(stored: Headers): [name: string, value: string][] {
  const pairs = [
    ['if-none-match', stored.get('etag')],
    ['if-modified-since', stored.get('last-modified')],
  ] as const;
  return pairs.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

/** Headers that a 304 does not change: they belong to the body that is kept (RFC 9111, 3.2). */
const OF_THE_BODY = new Set([
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'transfer-encoding',
]);

/**
 * The headers of an object after its origin has said that it is unchanged (RFC 9111, 4.3.4).
 *
 * @example refreshed(stored.headers, new Headers({ 'cache-control': 'max-age=60' }))
 */
export function refreshed(stored: Headers, told: Headers): Headers {
  const headers = new Headers(stored);
  for (const [name, value] of told) if (!OF_THE_BODY.has(name)) headers.set(name, value);
  return headers;
}

/** The tags of a list, without what marks them as weak: for reading, weak equals strong. */
function listed(tags: string): string[] {
  return [...tags.matchAll(/(?:W\/)?("[^"]*")/g)].map(([, tag = '']) => tag);
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '');
}
