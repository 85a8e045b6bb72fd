import { compareText } from './bytes.ts';
import { invalid } from './errors.ts';
import { type Pagination, parseFilter, passes, type RowFilter } from './filter.ts';
import { MAX_COLUMNS_TO_GET } from './limits.ts';
import type { TimeRange } from './messages.ts';
import type { Message } from './protobuf.ts';
import type { Column, Row, Version } from './row.ts';

/** What every read request says of the columns it wants. */
export interface AskedColumns {
  readonly columnsToGet: readonly string[];
  readonly timeRange?: Message<typeof TimeRange> | undefined;
  readonly maxVersions?: number | undefined;
  readonly filter?: Uint8Array | undefined;
  readonly startColumn?: string | undefined;
  readonly endColumn?: string | undefined;
}

/** The same, checked. */
export interface Query {
  /** Empty for all. */
  readonly columns: ReadonlySet<string>;
  readonly fromColumn: string | undefined;
  readonly beforeColumn: string | undefined;
  readonly from: number;
  readonly before: number;
  readonly maxVersions: number;
  readonly filter: RowFilter | Pagination | undefined;
}

/**
 * Checks what a read request asks for.
 *
 * @example const query = parseQuery(request, table.description.options.maxVersions);
 */
export function parseQuery(asked: AskedColumns, maxVersionsOfTable: number): Query {
  const { columnsToGet, timeRange, maxVersions } = asked;
  if (columnsToGet.length > MAX_COLUMNS_TO_GET)
    throw invalid(
      `The number of columns from the request exceeds the limit, limit count: ${MAX_COLUMNS_TO_GET} , column count:${columnsToGet.length}.`,
    );
  if (timeRange === undefined && maxVersions === undefined)
    throw invalid('No version condition is specified while querying row.');
  if (maxVersions !== undefined && maxVersions <= 0 && maxVersions !== -1)
    throw invalid(`Invalid max versions: ${maxVersions} . Reason: Max versions must be positive.`);
  const asksFor = maxVersions === undefined || maxVersions === -1 ? Infinity : maxVersions;
  return {
    columns: new Set(columnsToGet),
    fromColumn: asked.startColumn,
    beforeColumn: asked.endColumn,
    ...parseTimeRange(timeRange),
    maxVersions: Math.min(asksFor, maxVersionsOfTable),
    filter: asked.filter && parseFilter(asked.filter),
  };
}

/**
 * The columns of a row that a query asks for; undefined when it does not ask for this row, because a
 * filter drops it or none of the named columns is there.
 *
 * @example select(row, table.keyNames, query) // [{ name: 'title', versions: […] }]
 */
export function select(
  row: Row,
  keyNames: readonly string[],
  query: Query,
): readonly Column[] | undefined {
  const { filter, columns } = query;
  if (filter && filter.type !== 'pagination' && !passes(filter, row.columns)) return undefined;
  const selected = row.columns.flatMap(({ name, versions }): Column[] => {
    if (!wantsColumn(name, query)) return [];
    const wanted = selectVersions(versions, query);
    return wanted.length > 0 ? [{ name, versions: wanted }] : [];
  });
  if (columns.size > 0 && selected.length === 0 && !keyNames.some((name) => columns.has(name)))
    return undefined;
  if (filter?.type !== 'pagination') return selected;
  return selected.slice(filter.offset, filter.offset + filter.limit);
}

function wantsColumn(name: string, { columns, fromColumn, beforeColumn }: Query): boolean {
  if (columns.size > 0 && !columns.has(name)) return false;
  if (fromColumn !== undefined && compareText(name, fromColumn) < 0) return false;
  return beforeColumn === undefined || compareText(name, beforeColumn) < 0;
}

function selectVersions(
  versions: readonly Version[],
  { from, before, maxVersions }: Query,
): readonly Version[] {
  return versions
    .filter(({ timestamp }) => timestamp >= from && timestamp < before)
    .slice(0, maxVersions);
}

function parseTimeRange(
  range: Message<typeof TimeRange> | undefined,
): Pick<Query, 'from' | 'before'> {
  const { startTime, endTime, specificTime } = range ?? {};
  if (specificTime !== undefined) {
    if (startTime !== undefined || endTime !== undefined)
      throw invalid('Specific tiemstamp and time range cannot be given at the same time.');
    if (specificTime < 0) throw invalid('Specific timestamp cannot be less than 0.');
    return { from: specificTime, before: specificTime + 1 };
  }
  if ((startTime === undefined) !== (endTime === undefined))
    throw invalid('Start and end time must be given at the same time.');
  if ((startTime ?? 0) < 0 || (endTime ?? 0) < 0)
    throw invalid('Timestamp must be in range [0, INT64_MAX/1000).');
  return { from: startTime ?? 0, before: endTime ?? Infinity };
}
