import type { Condition } from '../resources.ts';

const PADDING = 3;
const LEAST_WIDTH = 6;
const LONGEST_CELL = 50;

/**
 * A table as kn prints it: heads in capitals, columns three spaces apart, long cells cut.
 *
 * @example table(['Name', 'Ready'], [['rule', 'True']]) // ['NAME   READY', 'rule   True']
 */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [heads.map((head) => head.toUpperCase()), ...rows.map((row) => row.map(cut))];
  const widths = heads.map((_, column) =>
    Math.max(LEAST_WIDTH, ...lines.map((line) => (line[column]?.length ?? 0) + PADDING)),
  );
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('')
      .trimEnd(),
  );
}

function cut(cell: string): string {
  return cell.length <= LONGEST_CELL ? cell : `${cell.slice(0, LONGEST_CELL - 4)} ...`;
}

/**
 * The last three columns of kn's lists: how many conditions are met, whether it is ready, and why not.
 *
 * @example conditionCells([{ type: 'Ready', status: 'True', since: 0 }]) // ['1 OK / 1', 'True', '']
 */
export function conditionCells(
  conditions: readonly Condition[],
): [conditions: string, ready: string, reason: string] {
  const met = conditions.filter(({ status }) => status === 'True').length;
  const ready = conditions.find(({ type }) => type === 'Ready');
  const count = `${met} OK / ${conditions.length}`;
  return [count, ready?.status ?? '<unknown>', reasonOf(ready)];
}

function reasonOf(ready: Condition | undefined): string {
  if (!ready) return '<unknown>';
  if (ready.status === 'True') return '';
  const { reason = '', message } = ready;
  return message ? `${reason} : ${message}` : reason;
}
