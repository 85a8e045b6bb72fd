import { Init, Inject, Provide, Scope, ScopeEnum } from '@midwayjs/core';
import type { Credentials, User } from '../../models/account.ts';
import { type AccountStore, tableAccountStore } from '../../models/account-store.ts';
import type { Tables } from '../../models/table.ts';
import { TABLES } from './tables.ts';

/** Who can sign in, in whatever table is injected. */
@Provide()
@Scope(ScopeEnum.Singleton)
export class AccountService implements AccountStore {
  @Inject(TABLES)
  tables!: Tables;

  private store!: AccountStore;

  @Init()
  async open(): Promise<void> {
    this.store = tableAccountStore(this.tables);
  }

  register(credentials: Credentials): Promise<User> {
    return this.store.register(credentials);
  }

  verify(credentials: Credentials): Promise<User | undefined> {
    return this.store.verify(credentials);
  }

  all(): Promise<User[]> {
    return this.store.all();
  }
}
