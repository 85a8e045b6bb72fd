import { decodeBase64 } from './base64.ts';
import type { AnswerRules } from './cloud.ts';

/** A function's answer as parts of an HTTP response. */
export interface HttpParts {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer>;
}

const JSON_TYPE = ['content-type', 'application/json'] as const;

/**
 * Turns what a handler returned into an HTTP response: an object with `statusCode` says what it wants,
 * anything else is the body of a 200. A string says what is wrong with it.
 *
 * @example toHttp('{"statusCode":201,"headers":{},"body":"made"}', FC.answers) // { status: 201, ... }
 */
export function toHttp(result: string, rules: AnswerRules): HttpParts | string {
  const answer = parseObject(result);
  if (!answer || !Object.hasOwn(answer, 'statusCode')) {
    return { status: 200, headers: [JSON_TYPE], body: encode(result) };
  }
  const status = Number(answer['statusCode']);
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    return `statusCode: expected 200 to 599, found ${JSON.stringify(answer['statusCode'])}`;
  }
  const headers = readHeaders(answer['headers'] ?? {}, rules);
  if (typeof headers === 'string') return headers;
  const body = readBody(answer['body'] ?? '', answer['isBase64Encoded'] ?? false);
  return typeof body === 'string' ? body : { status, headers, body };
}

function readHeaders(value: unknown, rules: AnswerRules): HttpParts['headers'] | string {
  if (!isObject(value)) return `headers: expected an object, found ${JSON.stringify(value)}`;
  const headers: (readonly [string, string])[] = [];
  for (const [name, entry] of Object.entries(value)) {
    if (rules.reserved.test(name)) continue;
    const values: readonly unknown[] = rules.lists && Array.isArray(entry) ? entry : [entry];
    for (const each of values) {
      if (typeof each === 'object' && each !== null) {
        return `headers.${name}: expected a string, found ${JSON.stringify(each)}`;
      }
      const found = String(each);
      if (!isHeader(name, found)) {
        return `headers.${name}: expected a header that HTTP allows, found ${JSON.stringify(found)}`;
      }
      headers.push([name, found]);
    }
  }
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return typed ? headers : [...headers, JSON_TYPE];
}

function readBody(value: unknown, base64: unknown): Uint8Array<ArrayBuffer> | string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (base64 !== true && base64 !== 'true') return encode(text);
  try {
    return decodeBase64(text);
  } catch {
    return 'body: expected base64 because isBase64Encoded is true';
  }
}

function isHeader(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    return false;
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
