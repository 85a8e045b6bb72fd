import { TablestoreError } from './errors.ts';
import type { Row } from './row.ts';
import { type Description, Table } from './table.ts';
import type { Key } from './value.ts';

/**
 * What a write does, as an image of the result rather than as a way to it: to apply it twice is to apply
 * it once, so a log of effects gives the same tables wherever its reading begins.
 */
export type Effect =
  /** Creates the table, or describes it anew and keeps its rows. */
  | { readonly type: 'describe-table'; readonly description: Description; readonly lastKey: number }
  | { readonly type: 'delete-table'; readonly table: string }
  /** `lastKey` is there when the table chose this row's key. */
  | {
      readonly type: 'put-row';
      readonly table: string;
      readonly row: Row;
      readonly lastKey?: number | undefined;
    }
  | { readonly type: 'delete-row'; readonly table: string; readonly key: Key };

/** All the tables of an instance. */
export class Tables {
  readonly #tables = new Map<string, Table>();

  get size(): number {
    return this.#tables.size;
  }

  /** The tables' names, in order. */
  names(): string[] {
    return [...this.#tables.keys()].toSorted();
  }

  has(name: string): boolean {
    return this.#tables.has(name);
  }

  get(name: string): Table {
    const table = this.#tables.get(name);
    if (!table) throw new TablestoreError('OTSObjectNotExist', 'Requested table does not exist.');
    return table;
  }

  apply(effect: Effect): void {
    switch (effect.type) {
      case 'describe-table': {
        const { description, lastKey } = effect;
        const table = this.#tables.get(description.name);
        if (table) table.description = description;
        else this.#tables.set(description.name, new Table(description, lastKey));
        return;
      }
      case 'delete-table':
        this.#tables.delete(effect.table);
        return;
      case 'put-row': {
        const table = this.get(effect.table);
        table.rows.set(effect.row.key, effect.row);
        table.lastKey = effect.lastKey ?? table.lastKey;
        return;
      }
      case 'delete-row':
        this.get(effect.table).rows.delete(effect.key);
    }
  }

  /** The fewest effects that give these tables. */
  *effects(): Generator<Effect> {
    for (const [name, { description, lastKey, rows }] of this.#tables) {
      yield { type: 'describe-table', description, lastKey };
      for (const row of rows.values()) yield { type: 'put-row', table: name, row };
    }
  }
}
