import { isDeepStrictEqual } from 'node:util';
import type { Reply } from './client.ts';

/** A check that does not hold: what was expected and what the service did instead. */
export class Unmet extends Error {}

/**
 * Fails a check unless the condition holds.
 *
 * @example expectThat(todo.createdAt <= todo.updatedAt, 'updatedAt lies before createdAt');
 */
export function expectThat(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Unmet(otherwise);
}

/**
 * Fails a check unless two values are deeply equal.
 *
 * @example expectEqual('total', list.total, 12);
 */
export function expectEqual(what: string, found: unknown, expected: unknown): void {
  expectThat(
    isDeepStrictEqual(found, expected),
    `${what}: expected ${show(expected)}, found ${show(found)}`,
  );
}

/**
 * Fails a check unless the reply has one of these statuses.
 *
 * @example expectStatus(reply, 400, 404);
 */
export function expectStatus(reply: Reply, ...allowed: number[]): void {
  expectThat(
    allowed.includes(reply.status),
    `${reply.what}: expected status ${allowed.join(' or ')}, found ${reply.status} ${excerpt(reply.text)}`,
  );
}

/**
 * Fails a check unless the reply is an error as this API writes them: a status from 400 on and
 * `{success: false, code, message}` in JSON.
 *
 * @example expectError(await api.send('PUT', '/api/rule', {}), 400);
 */
export function expectError(reply: Reply, ...allowed: number[]): void {
  expectStatus(reply, ...allowed);
  const { success, code, message } = object(reply);
  expectThat(
    success === false && isText(code) && isText(message),
    `${reply.what}: expected {success: false, code, message}, found ${excerpt(reply.text)}`,
  );
}

/**
 * The reply's JSON object; fails the check when it is none, or is not labelled as one.
 *
 * @example const { data, total } = object(await api.get('/api/rule'));
 */
export function object(reply: Reply): Record<string, unknown> {
  const type = String(reply.headers['content-type']);
  expectThat(
    /^application\/json\b/.test(type),
    `${reply.what}: expected application/json, found ${type} ${excerpt(reply.text)}`,
  );
  let value: unknown;
  try {
    value = JSON.parse(reply.text);
  } catch {
    throw new Unmet(`${reply.what}: expected JSON, found ${excerpt(reply.text)}`);
  }
  expectThat(
    isRecord(value),
    `${reply.what}: expected a JSON object, found ${excerpt(reply.text)}`,
  );
  return value;
}

/**
 * Whether a value is an object with named members.
 *
 * @example isRecord([]) // false
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : excerpt(JSON.stringify(value));
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
