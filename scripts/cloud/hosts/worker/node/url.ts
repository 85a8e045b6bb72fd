import { parse as parseQuery, stringify } from './querystring.ts';

/** The legacy object. Express reads paths with it, many times a request. */
export class Url {
  protocol: string | null = null;
  slashes: boolean | null = null;
  auth: string | null = null;
  host: string | null = null;
  port: string | null = null;
  hostname: string | null = null;
  hash: string | null = null;
  search: string | null = null;
  query: string | Record<string, unknown> | null = null;
  pathname: string | null = null;
  path: string | null = null;
  href = '';

  format(): string {
    const { protocol, auth, host, hostname, port, pathname, hash, query } = this;
    const address = host ?? (hostname === null ? '' : `${hostname}${port ? `:${port}` : ''}`);
    const user = auth ? `${encodeURIComponent(auth).replace('%3A', ':')}@` : '';
    const scheme = protocol && !protocol.endsWith(':') ? `${protocol}:` : (protocol ?? '');
    const asked = query !== null && typeof query === 'object' ? stringify(query) : '';
    const search = this.search ?? (asked && `?${asked}`);
    const slashes = this.slashes || (address !== '' && /^(https?|ftp|wss?|file):$/.test(scheme));
    const path = (pathname ?? '').replaceAll(/[?#]/g, encodeURIComponent);
    const rooted = slashes && path && !path.startsWith('/') ? `/${path}` : path;
    return `${scheme}${slashes ? '//' : ''}${user}${address}${rooted}${search.replaceAll('#', '%23')}${hash ?? ''}`;
  }
}

/** Characters that the legacy parser escapes. */
const UNSAFE = /[\t\n\r "'<>\\^`{|}]/g;

/**
 * Takes an address apart as the legacy parser does, for the paths and http addresses that a service sees.
 *
 * @example parse('/api/rule?name=a').pathname // '/api/rule'
 */
export function parse(text: string, parsesQuery = false, slashesDenoteHost = false): Url {
  const url = new Url();
  const clean = text.trim().replace(/^[^?#]*/, (path) => path.replaceAll('\\', '/'));
  const simple = SIMPLE_PATH.exec(clean);
  if (simple && !slashesDenoteHost) return ofPath(url, simple, parsesQuery);
  const [, beforeHash = '', hash = null] = /^([^#]*)(#.*)?$/s.exec(clean) ?? [];
  const [, address = '', search = null] = /^([^?]*)(\?.*)?$/s.exec(beforeHash) ?? [];
  const [, protocol = null, slashes, rest = ''] =
    /^([a-z][a-z\d.+-]*:)?(\/\/)?(.*)$/is.exec(address) ?? [];
  const hasHost = slashes !== undefined && (protocol !== null || slashesDenoteHost);
  const [, authority = '', path = ''] = hasHost
    ? (/^([^/]*)(.*)$/s.exec(rest) ?? [])
    : [null, '', `${slashes ?? ''}${rest}`];
  url.protocol = protocol?.toLowerCase() ?? null;
  if (hasHost) {
    const at = authority.lastIndexOf('@');
    const [, hostname = '', port = null] = /^(.*?)(?::(\d*))?$/.exec(authority.slice(at + 1)) ?? [];
    url.slashes = true;
    url.auth = at < 0 ? null : decodeURIComponent(authority.slice(0, at));
    url.hostname = hostname.toLowerCase().replaceAll(/^\[|\]$/g, '');
    url.port = port || null;
    url.host = hostname.toLowerCase() + (url.port ? `:${url.port}` : '');
  }
  url.hash = escaped(hash);
  url.search = escaped(search);
  url.query = url.search === null ? null : url.search.slice(1);
  url.pathname =
    escaped(path) || (hasHost && /^(https?|wss?|ftp|file):$/.test(url.protocol ?? '') ? '/' : null);
  url.path =
    url.pathname === null && url.search === null
      ? null
      : `${url.pathname ?? ''}${url.search ?? ''}`;
  if (parsesQuery) {
    url.query = parseQuery(url.search?.slice(1) ?? '');
    url.search ??= '';
  }
  url.href = url.format();
  return url;
}

/** The path of a request, which Node takes as it is. */
const SIMPLE_PATH = /^(\/\/?(?!\/)[^?#@\s]*)(\?[^#@\s]*)?$/;

function ofPath(url: Url, [href, pathname, search]: RegExpExecArray, parsesQuery: boolean): Url {
  const query = search?.slice(1);
  return Object.assign(url, {
    href,
    path: href,
    pathname,
    search: search ?? null,
    query: parsesQuery ? parseQuery(query ?? '') : (query ?? null),
  });
}

function escaped<Part extends string | null>(part: Part): Part | string {
  return part === null
    ? part
    : part.replaceAll(UNSAFE, (character) =>
        character === "'" ? '%27' : encodeURIComponent(character),
      );
}

/** Puts an address together: of a URL, a legacy object, or parts of one. */
export function format(address: URL | Url | string | Partial<Url>): string {
  if (typeof address === 'string') return parse(address).format();
  if (address instanceof URL) return address.href;
  return Object.assign(new Url(), address).format();
}

export function fileURLToPath(address: URL | string): string {
  const url = new URL(address);
  if (url.protocol !== 'file:')
    throw Object.assign(new TypeError('The URL must be of scheme file'), {
      code: 'ERR_INVALID_URL_SCHEME',
    });
  if (/%2f/i.test(url.pathname))
    throw Object.assign(new TypeError('File URL path must not include encoded / characters'), {
      code: 'ERR_INVALID_FILE_URL_PATH',
    });
  return decodeURIComponent(url.pathname);
}

export function pathToFileURL(path: string): URL {
  const url = new URL('file:///');
  url.pathname = path.replaceAll(/[%\\\n\r\t?#]/g, encodeURIComponent);
  return url;
}

export const { URL, URLSearchParams } = globalThis;
export default { Url, URL, URLSearchParams, parse, format, fileURLToPath, pathToFileURL };
