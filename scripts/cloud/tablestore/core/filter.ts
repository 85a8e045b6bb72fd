import { invalid } from './errors.ts';
import { MAX_FILTER_DEPTH, MAX_FILTERS } from './limits.ts';
import { CompositeFilter, Filter, PaginationFilter, SingleColumnFilter } from './messages.ts';
import { decodeMessage, type Message, type Schema } from './protobuf.ts';
import { readValue } from './read-plain-buffer.ts';
import type { Column } from './row.ts';
import { type ColumnValue, compareValues } from './value.ts';

const FILTER_TYPE = { single: 1, composite: 2, pagination: 3 } as const;
const COMBINATOR = { not: 1, and: 2, or: 3 } as const;

/** Whether an order (of the column's value to the filter's) satisfies a comparator, by its number. */
const COMPARATORS: Readonly<Record<number, (order: number | undefined) => boolean>> = {
  1: (order) => order === 0,
  2: (order) => order !== 0,
  3: (order) => order !== undefined && order > 0,
  4: (order) => order !== undefined && order >= 0,
  5: (order) => order !== undefined && order < 0,
  6: (order) => order !== undefined && order <= 0,
};

/** What a row is asked, in a condition or while it is read. */
export type RowFilter =
  | {
      readonly type: 'single';
      readonly column: string;
      readonly value: ColumnValue;
      readonly satisfies: (order: number | undefined) => boolean;
      readonly passIfMissing: boolean;
      readonly latestOnly: boolean;
    }
  | { readonly type: 'not' | 'and' | 'or'; readonly filters: readonly RowFilter[] };

/** A filter of columns rather than rows: `limit` of them from `offset` on. */
export interface Pagination {
  readonly type: 'pagination';
  readonly offset: number;
  readonly limit: number;
}

/**
 * Reads the filter of a read request.
 *
 * @example parseFilter(request.filter)
 */
export function parseFilter(bytes: Uint8Array): RowFilter | Pagination {
  const filter = decode(Filter, bytes, 'filter');
  return filter.type === FILTER_TYPE.pagination
    ? parsePagination(filter.filter)
    : parseRowFilter(filter, { left: MAX_FILTERS }, 1);
}

/**
 * Reads the column condition of a write request, which cannot page.
 *
 * @example parseColumnCondition(condition.columnCondition)
 */
export function parseColumnCondition(bytes: Uint8Array): RowFilter {
  return parseRowFilter(decode(Filter, bytes, 'filter'), { left: MAX_FILTERS }, 1);
}

/**
 * Whether columns satisfy a filter. A row that does not exist has no columns: all of them are missing.
 *
 * @example passes(filter, row?.columns ?? [])
 */
export function passes(filter: RowFilter, columns: readonly Column[]): boolean {
  switch (filter.type) {
    case 'not':
      return !filter.filters.every((inner) => passes(inner, columns));
    case 'and':
      return filter.filters.every((inner) => passes(inner, columns));
    case 'or':
      return filter.filters.some((inner) => passes(inner, columns));
    case 'single': {
      const column = columns.find(({ name }) => name === filter.column);
      if (!column) return filter.passIfMissing;
      const versions = filter.latestOnly ? column.versions.slice(0, 1) : column.versions;
      return versions.some(({ value }) => filter.satisfies(compareValues(value, filter.value)));
    }
  }
}

function parseRowFilter(
  { type, filter }: Message<typeof Filter>,
  budget: { left: number },
  depth: number,
): RowFilter {
  if (type === FILTER_TYPE.single) {
    budget.left -= 1;
    if (budget.left < 0) throw invalid(`The count of filter exceeds the max:${MAX_FILTERS}.`);
    return parseSingle(filter);
  }
  if (type === FILTER_TYPE.composite) return parseComposite(filter, budget, depth);
  throw invalid(`Invalid type of filter: ${type}.`);
}

function parseSingle(bytes: Uint8Array): RowFilter {
  const single = decode(SingleColumnFilter, bytes, 'relation filter');
  const satisfies = COMPARATORS[single.comparator];
  if (!satisfies) throw invalid(`Invalid relation operator: ${single.comparator}.`);
  const value = readValue(single.columnValue);
  if (typeof value === 'symbol') throw invalid('Deserialize relation filter failed.');
  return {
    type: 'single',
    column: single.columnName,
    value,
    satisfies,
    passIfMissing: !single.filterIfMissing,
    latestOnly: single.latestVersionOnly,
  };
}

function parseComposite(bytes: Uint8Array, budget: { left: number }, depth: number): RowFilter {
  if (depth > MAX_FILTER_DEPTH) throw invalid('Deserialize composite filter failed.');
  const { combinator, subFilters } = decode(CompositeFilter, bytes, 'composite filter');
  const filters = subFilters.map((inner) => parseRowFilter(inner, budget, depth + 1));
  if (combinator === COMBINATOR.not) {
    if (filters.length !== 1)
      throw invalid('Invalid NOT operator: the number of sub-filters must be 1.');
    return { type: 'not', filters };
  }
  if (combinator !== COMBINATOR.and && combinator !== COMBINATOR.or)
    throw invalid(`Invalid logical operator: ${combinator}.`);
  if (filters.length < 2)
    throw invalid('Invalid AND/OR operator: the number of sub-filters must be 2.');
  return { type: combinator === COMBINATOR.and ? 'and' : 'or', filters };
}

function parsePagination(bytes: Uint8Array): Pagination {
  const { offset, limit } = decode(PaginationFilter, bytes, 'column pagination filter');
  if (offset < 0)
    throw invalid('Offset in ColumnPaginationFilter must be greater than or equal to 0.');
  if (limit <= 0) throw invalid('Limit in ColumnPaginationFilter must be greater than 0.');
  return { type: 'pagination', offset, limit };
}

function decode<S extends Schema>(schema: S, bytes: Uint8Array, what: string): Message<S> {
  try {
    return decodeMessage(schema, bytes);
  } catch {
    throw invalid(`Deserialize ${what} failed.`);
  }
}
