type Parsed = Record<string, string | string[]>;
type Value = string | number | bigint | boolean;

/** Decodes what can be decoded, and leaves the rest as it is. */
export function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeBytes(text);
  }
}

/** `%` and two digits are a byte; bytes that are no UTF-8 become U+FFFD, as Node has it. */
function decodeBytes(text: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = /^%([\da-f]{2})/i.exec(text.slice(at, at + 3))?.[1];
    if (code === undefined) bytes.push(...new TextEncoder().encode(text[at]));
    else {
      bytes.push(Number.parseInt(code, 16));
      at += 2;
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

export function escape(text: Value): string {
  return encodeURIComponent(String(text));
}

interface ParseOptions {
  readonly maxKeys?: number;
  decodeURIComponent?(text: string): string;
}

/** Node's default for the number of pairs that are read. */
const MAX_KEYS = 1_000;

export function parse(
  text: string,
  separator = '&',
  equals = '=',
  { maxKeys = MAX_KEYS, decodeURIComponent: decode = unescape }: ParseOptions = {},
): Parsed {
  const parsed = Object.create(null) as Parsed;
  if (typeof text !== 'string' || text === '') return parsed;
  const pairs = text.split(separator || '&').filter((pair) => pair !== '');
  const read = maxKeys > 0 ? pairs.slice(0, maxKeys) : pairs;
  for (const pair of read) {
    const at = pair.indexOf(equals || '=');
    const half = (part: string): string => decode(part.replaceAll('+', ' '));
    const key = half(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : half(pair.slice(at + (equals || '=').length));
    const known = parsed[key];
    if (known === undefined) parsed[key] = value;
    else if (Array.isArray(known)) known.push(value);
    else parsed[key] = [known, value];
  }
  return parsed;
}

export function stringify(
  object: Readonly<Record<string, unknown>> | null | undefined,
  separator = '&',
  equals = '=',
  options: { encodeURIComponent?(text: string): string } = {},
): string {
  const encode = options.encodeURIComponent ?? escape;
  if (object === null || typeof object !== 'object') return '';
  return Object.entries(object)
    .flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).map(
        (each) => `${encode(key)}${equals}${encode(primitive(each))}`,
      ),
    )
    .join(separator);
}

function primitive(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

export const decode = parse;
export const encode = stringify;
export default { parse, stringify, escape, unescape, decode, encode };
