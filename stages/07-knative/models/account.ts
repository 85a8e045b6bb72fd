import { ApiError } from '../api-error.ts';
import { MAX_NAME_CHARACTERS } from './todo-input.ts';

/** At least as many as OWASP asks for where there is no second factor; and no more than a hash should have to do with. */
const PASSWORD_CHARACTERS = { least: 8, most: 200 } as const;

/** What somebody sends to register or to log in. */
export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

/** A user as others see one: the field names are those that Ant Design Pro reads. */
export interface User {
  readonly userid: string;
  readonly name: string;
  readonly avatar: string;
  readonly access: 'user';
}

/**
 * A user by their name.
 *
 * @example toUser('ada').userid // 'ada'
 */
export function toUser(name: string): User {
  return { userid: name, name, avatar: './favicon.svg', access: 'user' };
}

/**
 * Takes a name and a password from a body; with `isNew` they must be fit for an account.
 *
 * @example parseCredentials({ userName: 'ada', password: 'correct horse' }, { isNew: true }).userName // 'ada'
 */
export function parseCredentials(
  body: Readonly<Record<string, unknown>>,
  { isNew }: { readonly isNew: boolean },
): Credentials {
  const { userName, password } = body;
  if (typeof userName !== 'string' || typeof password !== 'string')
    throw new ApiError(400, 'CREDENTIALS_INVALID', 'userName and password must be texts');
  const name = userName.trim().normalize('NFC');
  const length = [...name].length;
  if (length === 0 || length > MAX_NAME_CHARACTERS || /\p{Cc}/u.test(name))
    throw new ApiError(400, 'NAME_INVALID', 'userName must have 1 to 200 characters');
  const { least, most } = PASSWORD_CHARACTERS;
  const characters = [...password].length;
  if (characters > most || (isNew && characters < least))
    throw new ApiError(
      400,
      'PASSWORD_INVALID',
      `password must have ${least} to ${most} characters`,
    );
  return { userName: name, password };
}
