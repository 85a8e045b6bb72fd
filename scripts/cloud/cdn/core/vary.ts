import { normalEncoding } from './encoding.ts';

/** Headers of a request that an object was made for, by name. */
export type Selector = ReadonlyMap<string, string>;

/**
 * What of a request a response depends on, by its Vary header.
 *
 * @example selectorOf(request.headers, new Headers({ vary: 'Accept-Encoding' })) // Map { 'accept-encoding' => 'gzip' }
 */
export function selectorOf(request: Headers, response: Headers): Selector {
  const names = (response.get('vary') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  return new Map(names.map((name) => [name, valueOf(request, name)]));
}

/**
 * Whether a request is one that an object was made for (RFC 9111, 4.1).
 *
 * @example selects(new Map([['accept-encoding', 'gzip']]), new Headers({ 'accept-encoding': 'gzip, deflate' })) // true
 */
export function selects(selector: Selector, request: Headers): boolean {
  return [...selector].every(([name, value]) => valueOf(request, name) === value);
}

function valueOf(request: Headers, name: string): string {
  const value = request.get(name);
  return name === 'accept-encoding' ? normalEncoding(value) : (value ?? '').trim();
}
