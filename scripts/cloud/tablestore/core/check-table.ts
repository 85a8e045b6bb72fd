import { encodeText } from './bytes.ts';
import { invalid } from './errors.ts';
import {
  DEFAULT_DEVIATION_SECONDS,
  MAX_DEFINED_COLUMNS,
  MAX_KEY_COLUMNS,
  MAX_NAME_BYTES,
  MAX_TIMESTAMP_MILLISECONDS,
} from './limits.ts';
import type { CapacityUnit, TableMeta, TableOptions } from './messages.ts';
import type { Message } from './protobuf.ts';
import { AUTO_INCREMENT_OPTION, type Description, KEY_TYPE, type Options } from './table.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const DEFINED_TYPES = [1, 2, 3, 4, 7];

/**
 * Whether a table or column may be called so: letters, digits and underscores, no digit first.
 *
 * @example isName('todos') // true
 */
export function isName(name: string): boolean {
  return NAME.test(name) && encodeText(name).length <= MAX_NAME_BYTES;
}

/**
 * Checks what a CreateTable says of a table's columns.
 *
 * @example const { name, keyColumns, definedColumns } = checkMeta(request.tableMeta);
 */
export function checkMeta(
  meta: Message<typeof TableMeta>,
): Pick<Description, 'name' | 'keyColumns' | 'definedColumns'> {
  const { tableName: name, primaryKey: keyColumns, definedColumns } = meta;
  if (!isName(name)) throw invalid(`Invalid table name: ${name}.`);
  if (keyColumns.length < 1 || keyColumns.length > MAX_KEY_COLUMNS)
    throw invalid(`The number of primary key columns must be in range: [1, ${MAX_KEY_COLUMNS}].`);
  if (definedColumns.length > MAX_DEFINED_COLUMNS)
    throw invalid(`The number of defined columns must be in range: [0, ${MAX_DEFINED_COLUMNS}].`);
  const seen = new Set<string>();
  for (const column of keyColumns) {
    if (!isName(column.name)) throw invalid(`Invalid column name: ${column.name}.`);
    if (seen.has(column.name)) throw invalid(`Duplicated primary key name: '${column.name}'.`);
    seen.add(column.name);
    if (!Object.values(KEY_TYPE).some((type) => type === column.type))
      throw invalid(`${column.type} is an invalid type for the primary key.`);
  }
  const automatic = keyColumns.filter(({ option }) => option === AUTO_INCREMENT_OPTION);
  if (automatic.length > 1) throw invalid('AUTO_INCREMENT primary key count must <= 1.');
  if (automatic.some(({ type }) => type !== KEY_TYPE.integer))
    throw invalid('AUTO_INCREMENT primary key must be integer.');
  // In the words that the service sends; its documents word it otherwise.
  if (keyColumns[0] && automatic.includes(keyColumns[0]))
    throw invalid("first primary key can't be AUTO_INCREMENT.");
  for (const column of definedColumns) {
    if (!isName(column.name)) throw invalid(`Invalid column name: ${column.name}.`);
    if (seen.has(column.name))
      throw invalid(`Duplicated attribute column name with primary key column: ${column.name}.`);
    if (!DEFINED_TYPES.includes(column.type))
      throw invalid(`${column.type} is an invalid type for the attribute column.`);
  }
  return { name, keyColumns, definedColumns };
}

/**
 * The options of a new table, or those of an old one with what a request changes.
 *
 * @example const options = checkOptions(request.tableOptions ?? {}, table.description.options);
 */
export function checkOptions(asked: Message<typeof TableOptions>, before?: Options): Options {
  const timeToLive = asked.timeToLive ?? before?.timeToLive;
  const maxVersions = asked.maxVersions ?? before?.maxVersions;
  const deviationSeconds =
    asked.deviationSeconds ?? before?.deviationSeconds ?? DEFAULT_DEVIATION_SECONDS;
  if (timeToLive === undefined) throw invalid('Time-to-live is missing while creating table.');
  if (maxVersions === undefined) throw invalid('MaxVersions is missing while creating table.');
  if (timeToLive === 0 || timeToLive < -1) throw invalid('TimeToLive cannot be 0 or less than -1.');
  if (maxVersions <= 0) throw invalid('The maximum versions cannot be less than or equal to 0.');
  if (deviationSeconds < 0 || deviationSeconds > MAX_TIMESTAMP_MILLISECONDS / 1000)
    throw invalid('The maximum deviation must be in range [0, INT64_MAX/1000000].');
  return {
    timeToLive,
    maxVersions,
    deviationSeconds,
    allowUpdate: asked.allowUpdate ?? before?.allowUpdate ?? true,
  };
}

/**
 * The reserved throughput of a table, which cannot be negative.
 *
 * @example checkThroughput(request.reservedThroughput.capacityUnit)
 */
export function checkThroughput(
  asked: Message<typeof CapacityUnit>,
  before: Description['throughput'] = { read: 0, write: 0 },
): Description['throughput'] {
  const { read = before.read, write = before.write } = asked;
  for (const unit of [read, write])
    if (unit < 0)
      throw invalid(`Invalid Capacity Unit:${unit} . Capacity Unit must be nonnegative.`);
  return { read, write };
}
