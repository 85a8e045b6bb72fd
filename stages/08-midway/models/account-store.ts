import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../api-error.ts';
import { type Credentials, DEMO, type User, userOf } from './account.ts';
import { hashPassword, isPassword } from './password.ts';
import { FIRST, LAST, type Tables } from './table.ts';

const TABLE = 'todo_user';
const LIST = 'user';

/** A table that was just made answers after some seconds; a request does not wait for all of them. */
const READY_WITHIN_MILLISECONDS = 6_000;
const ASK_EVERY_MILLISECONDS = 250;

/** Who can sign in. */
export interface AccountStore {
  /** Rejects with 409 when the name is taken. */
  register(credentials: Credentials): Promise<User>;
  /** Who it is, or undefined: the name is unknown or the password wrong, and nobody is told which. */
  verify(credentials: Credentials): Promise<User | undefined>;
  all(): Promise<User[]>;
}

/**
 * Keeps accounts in a table, a row for each. Passwords are not in it.
 *
 * @example await tableAccountStore(tables).register({ userName: 'ada', password: 'correct horse' });
 */
export function tableAccountStore(
  tables: Tables,
  now: () => Date = () => new Date(),
): AccountStore {
  let readiness: Promise<void> | undefined;

  /** Asks before it makes, as the todos' store does; when that failed, the next request tries again. */
  function ready(): Promise<void> {
    readiness ??= prepare().catch((error: unknown) => {
      readiness = undefined;
      throw error;
    });
    return readiness;
  }

  async function prepare(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MILLISECONDS;
    for (let attempt = 1; ; attempt++) {
      try {
        await tables.get(TABLE, { list: LIST, name: DEMO.userName });
        return;
      } catch (error) {
        const { code } = error as ApiError;
        if (code !== 'TABLE_NOT_READY' || Date.now() > deadline) throw error;
      }
      if (attempt > 1) await pause(ASK_EVERY_MILLISECONDS);
      else await tables.create(TABLE, ['list', 'name'], -1);
    }
  }

  // #region accounts
  async function insert({ userName, password }: Credentials): Promise<boolean> {
    const row = { password: await hashPassword(password), createdAt: now().toISOString() };
    // Of two who want the same name at once one is first: the table decides, not a look beforehand.
    return tables.put(TABLE, { list: LIST, name: userName }, row, 'absent');
  }

  return {
    async register(credentials) {
      await ready();
      // The demo account is made when somebody uses it first, and its name is taken from the beginning.
      const isFree = credentials.userName !== DEMO.userName && (await insert(credentials));
      if (isFree) return userOf(credentials.userName);
      throw new ApiError(409, 'USER_NAME_TAKEN', 'somebody has this name; choose another one');
    },

    async verify({ userName, password }) {
      await ready();
      const key = { list: LIST, name: userName };
      let row = userName === '' ? undefined : await tables.get(TABLE, key);
      if (row === undefined && userName === DEMO.userName) {
        await insert(DEMO);
        row = await tables.get(TABLE, key);
      }
      const stored = row && String(row['password']);
      return (await isPassword(password, stored)) ? userOf(userName) : undefined;
    },

    async all() {
      await ready();
      const users: User[] = [];
      const options = { columns: ['createdAt'] };
      const rows = tables.range(
        TABLE,
        { list: LIST, name: FIRST },
        { list: LIST, name: LAST },
        options,
      );
      for await (const row of rows) users.push(userOf(String(row['name'])));
      return users;
    },
  };
  // #endregion accounts
}
