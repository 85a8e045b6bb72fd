/** Which part of an object a request is for; `last` is within it. */
export type Part = 'all' | 'none' | { readonly first: number; readonly last: number };

/**
 * The part that a Range header asks for. Only one range is understood; a list of them, another unit or an
 * If-Range that no longer holds means the whole object, as the standard allows (RFC 9110, 14.2).
 *
 * @example partOf(new Headers({ range: 'bytes=-4' }), stored, 10) // { first: 6, last: 9 }
 */
export function partOf(request: Headers, stored: Headers, bytes: number): Part {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.get('range') ?? '') ?? [];
  if ((from === '' && to === '') || !holds(request.get('if-range'), stored)) return 'all';
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return 'all';
  return first > last ? 'none' : { first, last };
}

/** Here weak tags never equal: a part must fit the bytes that the client has. */
function holds(condition: string | null, stored: Headers): boolean {
  if (condition === null) return true;
  if (condition.startsWith('"')) return condition === stored.get('etag');
  return condition === stored.get('last-modified');
}
