/** Directives by their name in small letters; those without an argument have an empty one. */
export type Directives = ReadonlyMap<string, string>;

/** `name`, `name=token` or `name="quoted"`; what is none of these is left out. */
const DIRECTIVE = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?/g;

/**
 * Reads a Cache-Control header. Of a directive that stands there twice the first counts (RFC 9111, 4.2.1).
 *
 * @example parseCacheControl('max-age=60, immutable').get('max-age') // '60'
 */
export function parseCacheControl(value: string | null): Directives {
  const directives = new Map<string, string>();
  for (const [, name = '', quoted, token] of (value ?? '').matchAll(DIRECTIVE)) {
    const key = name.toLowerCase();
    if (!directives.has(key))
      directives.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? '');
  }
  return directives;
}

/**
 * The seconds of a directive, or undefined when it is not there. What is no number is 0: better stale than wrong.
 *
 * @example seconds(parseCacheControl('max-age=60'), 'max-age') // 60
 */
export function seconds(directives: Directives, name: string): number | undefined {
  const value = directives.get(name);
  if (value === undefined) return undefined;
  return /^\d+$/.test(value) ? Math.min(Number(value), 2 ** 31) : 0;
}
