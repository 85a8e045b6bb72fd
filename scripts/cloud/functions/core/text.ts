/** They describe one connection between two programs. */
const OF_A_CONNECTION =
  /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/;

/**
 * The headers that are passed on to a function, without those of the connection and those that only the
 * platform may set.
 *
 * @example passedOn(new Headers({ accept: 'text/html', te: 'trailers' }), /^x-fc-/) // [['accept', 'text/html']]
 */
export function passedOn(headers: Headers, platform: RegExp): [name: string, value: string][] {
  return [...headers].filter(([name]) => !OF_A_CONNECTION.test(name) && !platform.test(name));
}

/**
 * The text that bytes are in UTF-8, or undefined when they are none.
 *
 * @example decodeText(new Uint8Array([104, 105])) // 'hi'
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * A path as a person reads it; one that cannot be decoded stays as it is.
 *
 * @example decodePath('/a%20b') // '/a b'
 */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * The values of each name in a query.
 *
 * @example queryValues(new URLSearchParams('a=1&a=2')) // [['a', ['1', '2']]]
 */
export function queryValues(query: URLSearchParams): [name: string, values: string[]][] {
  return [...new Set(query.keys())].map((name) => [name, query.getAll(name)]);
}
