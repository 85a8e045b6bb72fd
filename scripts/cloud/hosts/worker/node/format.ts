import { inspect } from './inspect.ts';

/**
 * A line as `console.log` writes it: placeholders filled in, the rest shown behind.
 *
 * @example format('%s has %d', 'list', 3, { a: 1 }) // 'list has 3 { a: 1 }'
 */
export function format(...parameters: readonly unknown[]): string {
  const [first, ...rest] = parameters;
  if (typeof first !== 'string' || rest.length === 0) return parameters.map(plain).join(' ');
  let used = 0;
  const text = first.replaceAll(/%[sdifjoOc%]/g, (placeholder) => {
    if (placeholder === '%%') return '%';
    if (used >= rest.length) return placeholder;
    return filled(placeholder, rest[used++]);
  });
  return [text, ...rest.slice(used).map(plain)].join(' ');
}

/** Strings stand as they are, all else as it is shown. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}

function filled(placeholder: string, value: unknown): string {
  switch (placeholder) {
    case '%s':
      return asString(value);
    case '%d':
      return typeof value === 'object' ? 'NaN' : asNumber(value, Number);
    case '%i':
      return typeof value === 'object' ? 'NaN' : asNumber(value, Number.parseInt);
    case '%f':
      return String(Number.parseFloat(String(value)));
    case '%j':
      return asJson(value);
    case '%c':
      return '';
    default:
      return inspect(value, { depth: 4 });
  }
}

function asString(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return String(value);
  const own = textOf(value);
  return own === undefined || Array.isArray(value) ? inspect(value, { depth: 0 }) : own;
}

/** What an object says of itself, unless every object says the same. */
function textOf(value: object): string | undefined {
  const toText: unknown = Reflect.get(value, 'toString');
  const isBuiltIn = toText === Object.prototype.toString || toText === Date.prototype.toString;
  return typeof toText === 'function' && !isBuiltIn ? `${value as Error}` : undefined;
}

function asNumber(value: unknown, read: (text: string) => number): string {
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'symbol' ? 'NaN' : primitive(read(String(value)));
}

function primitive(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '[Circular]';
  }
}
