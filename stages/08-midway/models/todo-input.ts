import { ApiError } from '../api-error.ts';
import { STATUS, type Draft, type Patch, type Status } from './todo.ts';

export const MAX_NAME_CHARACTERS = 200;
export const MAX_DESC_CHARACTERS = 2_000;

/** A parsed JSON object from outside: any key may be in it. */
export type Body = Readonly<Record<string, unknown>>;

const STATUSES: readonly number[] = Object.values(STATUS);

/**
 * Takes from a body what a new todo needs, and nothing else: `key`, `owner` or `createdAt` in it are ignored.
 *
 * @example parseDraft({ name: 'Buy milk', key: 'mine' }) // { name: 'Buy milk', desc: '' }
 */
export function parseDraft(body: Body): Draft {
  return { name: parseName(body['name']), desc: parseDesc(body['desc'] ?? '') };
}

/**
 * Takes the fields of a change from a body; a field that is absent is absent in the answer too.
 *
 * @example parsePatch({ key: 'a1', status: '2' }) // { key: 'a1', status: 2 }
 */
export function parsePatch(body: Body): Patch {
  return {
    key: parseKey(body['key']),
    ...optional(body, 'name', parseName),
    ...optional(body, 'desc', parseDesc),
    ...optional(body, 'status', parseStatus),
    ...optional(body, 'version', parseVersion),
  };
}

/**
 * Takes the keys to delete from a body: a list, or one alone.
 *
 * @example parseKeys({ key: ['a1', 'b2'] }) // ['a1', 'b2']
 */
export function parseKeys(body: Body): readonly string[] {
  const keys = Array.isArray(body['key']) ? body['key'].map(parseKey) : [parseKey(body['key'])];
  if (keys.length === 0)
    throw new ApiError(400, 'KEY_MISSING', 'key is an empty list: name at least one todo');
  return keys;
}

// #region request-id
/**
 * Takes the name that a client gave to its request, so that it can send it again; none is fine too.
 *
 * @example parseRequestId('5f3a') // '5f3a'
 */
export function parseRequestId(header: string | undefined): string | undefined {
  if (header === undefined || /^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw new ApiError(
    400,
    'IDEMPOTENCY_KEY_INVALID',
    'Idempotency-Key must be 1 to 255 printable ASCII characters without a space',
  );
}
// #endregion request-id

// #region validation
function parseName(value: unknown): string {
  const name = parseText('name', value, MAX_NAME_CHARACTERS).trim();
  if (name === '')
    throw new ApiError(400, 'NAME_INVALID', 'name is empty: send 1 to 200 characters');
  return name;
}

function parseDesc(value: unknown): string {
  return parseText('desc', value, MAX_DESC_CHARACTERS);
}

function parseText(field: 'name' | 'desc', value: unknown, limit: number): string {
  const code = `${field.toUpperCase()}_INVALID`;
  if (typeof value !== 'string')
    throw new ApiError(400, code, `${field} must be a string, not ${typeOf(value)}`);
  // Counted as people count: an emoji is one character, not two UTF-16 units.
  const length = [...value].length;
  if (length > limit)
    throw new ApiError(400, code, `${field} has ${length} characters; at most ${limit} are kept`);
  return value;
}
// #endregion validation

/** Clients of 2020 send the status as a number or as digits. */
function parseStatus(value: unknown): Status {
  const status = parseInteger(value);
  if (status === undefined || !STATUSES.includes(status))
    throw new ApiError(
      400,
      'STATUS_INVALID',
      'status must be 0 closed, 1 in progress, 2 done or 3 paused',
    );
  return status as Status;
}

function parseVersion(value: unknown): number {
  const version = parseInteger(value);
  if (version === undefined)
    throw new ApiError(
      400,
      'VERSION_INVALID',
      'version must be the number that the todo was read with',
    );
  return version;
}

function parseKey(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new ApiError(400, 'KEY_MISSING', `key must name a todo, not ${typeOf(value)}`);
}

function parseInteger(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

function optional<Field extends string, Value>(
  body: Body,
  field: Field,
  parse: (value: unknown) => Value,
): { readonly [Key in Field]?: Value } {
  if (body[field] === undefined) return {};
  return { [field]: parse(body[field]) } as { readonly [Key in Field]: Value };
}

function typeOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
