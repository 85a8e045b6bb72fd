/** Origins that may read; `*` is every one. */
export type AllowedOrigins = readonly string[];

/**
 * What an edge tells a page of another origin. With a list the answer depends on who asks, and a cache on the
 * way must know (`Vary`).
 *
 * @example corsHeaders(['*'], 'http://localhost:3001') // { 'access-control-allow-origin': '*' }
 */
export function corsHeaders(
  allowed: AllowedOrigins,
  origin: string | null,
): Record<string, string> {
  if (allowed.includes('*')) return { 'access-control-allow-origin': '*' };
  if (allowed.length === 0) return {};
  return {
    vary: 'Origin',
    ...(origin !== null && allowed.includes(origin) && { 'access-control-allow-origin': origin }),
  };
}

/** How long a browser need not ask again, in seconds. */
const PREFLIGHT_SECONDS = 600;

/**
 * The answer to a preflight: what a browser may do here, or a refusal.
 *
 * @example preflight(['*'], 'http://localhost:3001').status // 200
 */
export function preflight(
  allowed: AllowedOrigins,
  origin: string | null,
): { readonly status: 200 | 403; readonly headers: Record<string, string> } {
  const headers = corsHeaders(allowed, origin);
  if (origin === null || !('access-control-allow-origin' in headers))
    return { status: 403, headers };
  return {
    status: 200,
    headers: {
      ...headers,
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-max-age': String(PREFLIGHT_SECONDS),
    },
  };
}
