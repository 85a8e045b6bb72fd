import { ApiError } from '../api-error.ts';
import type { Key, Row, Tables } from '../models/table.ts';

/**
 * Tables in the memory of a test, with the same promises as the real ones: rows in the order of their keys,
 * and writes that say what they expect to find.
 *
 * @example container.registerObject(TABLES, memoryTables());
 */
export function memoryTables(): Tables {
  const tables = new Map<string, Map<string, Row>>();

  function rowsOf(table: string): Map<string, Row> {
    const rows = tables.get(table);
    if (rows === undefined)
      throw new ApiError(503, 'TABLE_NOT_READY', `no table is called ${table}`);
    return rows;
  }

  return {
    async create(table) {
      if (!tables.has(table)) tables.set(table, new Map());
    },

    async get(table, key) {
      return rowsOf(table).get(idOf(key));
    },

    async put(table, key, row, expected) {
      const rows = rowsOf(table);
      const found = rows.get(idOf(key));
      if (expected === 'absent' && found !== undefined) return false;
      if (typeof expected === 'object') {
        const value = found?.[expected.column];
        const isAsExpected =
          value === undefined ? expected.orMissing === true : value === expected.is;
        if (!isAsExpected) return false;
      }
      rows.set(idOf(key), { ...key, ...row });
      return true;
    },

    async increment(table, key, column) {
      const rows = rowsOf(table);
      const row = rows.get(idOf(key)) ?? key;
      const sum = Number(row[column] ?? 0) + 1;
      rows.set(idOf(key), { ...row, [column]: sum });
      return sum;
    },

    async remove(table, keys) {
      for (const key of keys) rowsOf(table).delete(idOf(key));
    },

    async *range(table, from, _to, { limit = Infinity } = {}) {
      // Every range here ends where the first column of its keys does, and begins before all of them or at one.
      const [list, first] = Object.values(from);
      const ids = [...rowsOf(table).keys()].toSorted((a, b) => (a < b ? -1 : 1));
      let left = limit;
      for (const id of ids) {
        const [itsList, itsKey = ''] = JSON.parse(id) as string[];
        const isBefore = typeof first === 'string' && itsKey < first;
        if (itsList !== list || isBefore || left === 0) continue;
        left -= 1;
        const row = rowsOf(table).get(id);
        if (row !== undefined) yield row;
      }
    },
  };
}

function idOf(key: Key): string {
  return JSON.stringify(Object.values(key));
}
