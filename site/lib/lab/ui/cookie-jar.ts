/** The cookies of one lab: a browser would drop those that a service worker answers with. */
export interface CookieJar {
  /** The `Cookie` header for a request; undefined when there is nothing to send. */
  header(path: string): string | undefined;
  /** Keeps what a `Set-Cookie` header says. */
  set(header: string): void;
  clear(): void;
}

interface Cookie {
  readonly value: string;
  readonly path: string;
  readonly expires: number;
}

/**
 * Keeps cookies in memory. `HttpOnly` and `SameSite` need no care: no script of the frame sees the jar,
 * and nobody but the frame sends requests through it.
 *
 * @example
 * const jar = createCookieJar(() => Date.now());
 * jar.set('token=abc; Path=/; HttpOnly');
 * jar.header('/api/rule'); // 'token=abc'
 */
export function createCookieJar(now: () => number): CookieJar {
  const cookies = new Map<string, Cookie>();
  return {
    header(path) {
      const sent: string[] = [];
      for (const [name, cookie] of cookies) {
        if (cookie.expires <= now()) cookies.delete(name);
        else if (covers(cookie.path, path)) sent.push(`${name}=${cookie.value}`);
      }
      return sent.length === 0 ? undefined : sent.join('; ');
    },
    set(header) {
      const [pair = '', ...rest] = header.split(/;\s*/);
      const equals = pair.indexOf('=');
      if (equals < 1) return;
      const attributes = new Map(
        rest.map((each) => {
          const [key = '', ...value] = each.split('=');
          return [key.toLowerCase(), value.join('=')] as const;
        }),
      );
      const name = pair.slice(0, equals).trim();
      const expires = expiry(attributes, now());
      if (expires <= now()) {
        cookies.delete(name);
        return;
      }
      const path = attributes.get('path') ?? '/';
      cookies.set(name, { value: pair.slice(equals + 1).trim(), path, expires });
    },
    clear: () => cookies.clear(),
  };
}

/** `Max-Age` wins over `Expires` (RFC 6265, 5.3); without both it lasts as long as the lab. */
function expiry(attributes: ReadonlyMap<string, string>, now: number): number {
  const age = attributes.get('max-age');
  if (age !== undefined && /^-?\d+$/.test(age)) return now + Number(age) * 1000;
  const date = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(date) ? Infinity : date;
}

function covers(cookiePath: string, path: string): boolean {
  const folder = cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`;
  return path === cookiePath || path.startsWith(folder);
}
