import { ApiError } from '../api-error.ts';
import type { Body } from './todo-input.ts';

/** Somebody who can sign in, as everybody may see them. The field names are those that Ant Design Pro reads. */
export interface User {
  readonly userid: string;
  readonly name: string;
  readonly avatar: string;
  readonly access: string;
}

export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

/** Letters and digits of any language, and three marks between them. */
const USER_NAME = /^[\p{L}\p{N}_.-]{1,64}$/u;
const LEAST_PASSWORD_CHARACTERS = 8;
/** Hashing takes longer the more there is. */
const MOST_PASSWORD_CHARACTERS = 200;

/** Who can look around without an account of their own. The page offers it, so it guards nothing. */
export const DEMO: Credentials = { userName: 'demo', password: 'serverless' };

/**
 * What a name is to others.
 *
 * @example userOf('ada') // { userid: 'ada', name: 'ada', ... }
 */
export function userOf(userName: string): User {
  return { userid: userName, name: userName, avatar: './favicon.svg', access: 'user' };
}

/**
 * Takes name and password from a body as they were typed, for signing in: whatever they are, they can only be
 * wrong.
 *
 * @example parseCredentials({ userName: 'ada', password: 'correct horse' })
 */
export function parseCredentials(body: Body): Credentials {
  const { userName, password } = body;
  if (typeof userName === 'string' && typeof password === 'string')
    // Letters that can be typed in two ways are one name.
    return { userName: userName.normalize('NFC'), password };
  throw new ApiError(400, 'CREDENTIALS_INVALID', 'send userName and password, both as text');
}

/**
 * The same for a new account, which has rules.
 *
 * @example parseNewAccount({ userName: 'ada', password: 'correct horse' })
 */
export function parseNewAccount(body: Body): Credentials {
  const credentials = parseCredentials(body);
  const { userName, password } = credentials;
  if (!USER_NAME.test(userName))
    throw new ApiError(
      400,
      'USER_NAME_INVALID',
      'userName must have 1 to 64 letters, digits, dots, dashes or underscores',
    );
  const length = [...password].length;
  if (length < LEAST_PASSWORD_CHARACTERS || length > MOST_PASSWORD_CHARACTERS)
    throw new ApiError(
      400,
      'PASSWORD_INVALID',
      `password must have ${LEAST_PASSWORD_CHARACTERS} to ${MOST_PASSWORD_CHARACTERS} characters, this one has ${length}`,
    );
  return credentials;
}
