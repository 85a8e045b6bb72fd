import { Init, Inject, Provide, Scope, ScopeEnum } from '@midwayjs/core';
import { tableTodoStore } from '../../models/table-todo-store.ts';
import type { Tables } from '../../models/table.ts';
import type { Query, TodoPage } from '../../models/todo-page.ts';
import type { TodoStore } from '../../models/todo-store.ts';
import type { Draft, Patch, Todo } from '../../models/todo.ts';
import { TABLES } from './tables.ts';

// #region service
/** The todos, in whatever table is injected. */
@Provide()
@Scope(ScopeEnum.Singleton)
export class TodoService implements TodoStore {
  @Inject(TABLES)
  tables!: Tables;

  private store!: TodoStore;

  @Init()
  async open(): Promise<void> {
    this.store = tableTodoStore(this.tables);
  }

  ready(): Promise<void> {
    return this.store.ready();
  }

  page(query: Query): Promise<TodoPage> {
    return this.store.page(query);
  }

  add(draft: Draft, owner: string, requestId?: string): Promise<Todo> {
    return this.store.add(draft, owner, requestId);
  }

  update(patch: Patch): Promise<Todo> {
    return this.store.update(patch);
  }

  remove(keys: readonly string[]): Promise<void> {
    return this.store.remove(keys);
  }
}
// #endregion service
