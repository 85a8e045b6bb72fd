import { setTimeout as pause } from 'node:timers/promises';
import type { ApiError } from '../api-error.ts';
import { toUser, type Credentials, type User } from './account.ts';
import { hashPassword, isPassword } from './password.ts';
import { FIRST, LAST, type Tables } from './table.ts';

const TABLE = 'todo_user';
/** All accounts in one partition: they are listed in the order of their names. */
const ALL = 'all';
const READY_WITHIN_MILLISECONDS = 6_000;
const ASK_EVERY_MILLISECONDS = 250;

/** For whoever looks around: offered on the page. */
export const DEMO: Credentials = { userName: 'demo', password: 'demo-demo' };

/** Who has an account. Passwords go in and never come out. */
export interface AccountStore {
  /** False: somebody has that name. */
  register(credentials: Credentials): Promise<boolean>;
  /** Undefined for a wrong password, and just the same for a name that nobody has. */
  logIn(credentials: Credentials): Promise<User | undefined>;
  list(): Promise<User[]>;
}

/**
 * Keeps an account a row.
 *
 * @example await accountStore(openTables(tableAddress(process.env))).register({ userName: 'ada', password })
 */
export function accountStore(tables: Tables): AccountStore {
  let readiness: Promise<void> | undefined;

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
        await tables.get(TABLE, keyOf(DEMO.userName));
        break;
      } catch (error) {
        const { code } = error as ApiError;
        if (code !== 'TABLE_NOT_READY' || Date.now() > deadline) throw error;
      }
      if (attempt > 1) await pause(ASK_EVERY_MILLISECONDS);
      else await tables.create(TABLE, ['list', 'name'], -1);
    }
    await insert(DEMO);
  }

  // #region register
  /** Says what it expects: of two who want a name at the same moment one gets it. */
  async function insert({ userName, password }: Credentials): Promise<boolean> {
    const row = { password: await hashPassword(password), created: Date.now() };
    return tables.put(TABLE, keyOf(userName), row, 'absent');
  }
  // #endregion register

  return {
    async register(credentials) {
      await ready();
      return insert(credentials);
    },
    async logIn({ userName, password }) {
      await ready();
      const row = await tables.get(TABLE, keyOf(userName));
      const stored = row && String(row['password']);
      return (await isPassword(password, stored)) ? toUser(userName) : undefined;
    },
    async list() {
      await ready();
      const users: User[] = [];
      const range = tables.range(
        TABLE,
        { list: ALL, name: FIRST },
        { list: ALL, name: LAST },
        {
          // The passwords stay where they are.
          columns: ['created'],
        },
      );
      for await (const { name } of range) users.push(toUser(String(name)));
      return users;
    },
  };
}

function keyOf(name: string): { list: string; name: string } {
  return { list: ALL, name };
}
