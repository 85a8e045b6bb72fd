import type { DefinedColumnSchema, KeyColumnSchema } from './messages.ts';
import type { Message } from './protobuf.ts';
import { type Row, withoutExpired } from './row.ts';
import { SortedMap } from './sorted-map.ts';
import { type Bound, compareKeys, type Key } from './value.ts';

export const KEY_TYPE = { integer: 1, string: 2, binary: 3 } as const;
export const AUTO_INCREMENT_OPTION = 1;

export type KeyColumn = Message<typeof KeyColumnSchema>;

export interface Options {
  /** Seconds; -1 keeps data for ever. */
  readonly timeToLive: number;
  readonly maxVersions: number;
  /** How far from now the timestamp of a version may be. */
  readonly deviationSeconds: number;
  readonly allowUpdate: boolean;
}

/** All there is to know of a table but its rows. */
export interface Description {
  readonly name: string;
  readonly keyColumns: readonly KeyColumn[];
  readonly definedColumns: readonly Message<typeof DefinedColumnSchema>[];
  readonly options: Options;
  readonly throughput: { readonly read: number; readonly write: number };
  /** Seconds since the epoch, of its creation or the last change of its throughput. */
  readonly throughputChanged: number;
}

/** A table and its rows in key order. */
export class Table {
  description: Description;
  /** The last key that the table chose for an AUTO_INCREMENT column. */
  lastKey: number;
  readonly rows = new SortedMap<Key, Row, Bound>(compareKeys);

  constructor(description: Description, lastKey = 0) {
    this.description = description;
    this.lastKey = lastKey;
  }

  get keyNames(): readonly string[] {
    return this.description.keyColumns.map(({ name }) => name);
  }

  /** A row as a reader may see it at this time. */
  find(key: Key, now: number): Row | undefined {
    const row = this.rows.get(key);
    return row && this.alive(row, now);
  }

  /** What the table's time-to-live has left of a row. */
  alive(row: Row, now: number): Row {
    const { timeToLive } = this.description.options;
    return timeToLive === -1 ? row : withoutExpired(row, now - timeToLive * 1000);
  }
}
