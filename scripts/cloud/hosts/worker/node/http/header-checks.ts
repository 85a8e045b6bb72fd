import { codedError } from './errors.ts';

/** RFC 9110, 5.6.2. */
const TOKEN = /^[\^`\-\w!#$%&'*+.|~]+$/;
/** RFC 9110, 5.5: visible characters, spaces, tabs and the upper half of Latin-1. */
const NOT_A_VALUE = /[^\t\u0020-\u007E\u0080-\u00FF]/;

export function validateHeaderName(name: string, label = 'Header name'): void {
  if (typeof name === 'string' && TOKEN.test(name)) return;
  throw codedError(
    TypeError,
    'ERR_INVALID_HTTP_TOKEN',
    `${label} must be a valid HTTP token ["${name}"]`,
  );
}

export function validateHeaderValue(name: string, value: unknown): void {
  if (value === undefined)
    throw codedError(
      TypeError,
      'ERR_HTTP_INVALID_HEADER_VALUE',
      `Invalid value "undefined" for header "${name}"`,
    );
  for (const each of Array.isArray(value) ? value : [value])
    if (NOT_A_VALUE.test(String(each)))
      throw codedError(
        TypeError,
        'ERR_INVALID_CHAR',
        `Invalid character in header content ["${name}"]`,
      );
}
