/** What a row is: its cells, in the order of the columns. */
export type Row = readonly string[];

/** kubectl prints tables with three spaces between columns, and no column narrower than six. */
const TABLE = { least: 6, gap: 3 };
/** `describe` prints with two spaces and no least width. */
const DESCRIPTION = { least: 0, gap: 2 };

/**
 * A table as `kubectl get` prints it.
 *
 * @example table([['NAME', 'AGE'], ['todo', '5s']]) // 'NAME   AGE\ntodo   5s\n'
 */
export function table(rows: readonly Row[]): string {
  return aligned(rows, TABLE);
}

/**
 * Prints rows one after the other as `kubectl get --watch` does: a column keeps the width it once had.
 *
 * @example const print = createTable(); print([['NAME', 'AGE'], ['todo', '5s']]); print([['todo', '6s']]);
 */
export function createTable(): (rows: readonly Row[]) => string {
  const widths: number[] = [];
  return (rows) => {
    for (const row of rows) {
      row.slice(0, -1).forEach((cell, column) => {
        widths[column] = Math.max(widths[column] ?? TABLE.least, cell.length + TABLE.gap);
      });
    }
    return rows
      .map((row) =>
        row
          .map((cell, column) =>
            column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
          )
          .join(''),
      )
      .map((line) => `${line}\n`)
      .join('');
  };
}

/**
 * Lines of `kubectl describe`: cells are aligned within neighbouring lines that have them, as Go's tabwriter does.
 *
 * @example description([['Name:', 'todo'], ['Namespace:', 'default']]) // 'Name:       todo\nNamespace:  default\n'
 */
export function description(rows: readonly Row[]): string {
  return aligned(rows, DESCRIPTION);
}

/** https://pkg.go.dev/text/tabwriter: a column is a block of neighbouring lines that have a cell after it. */
function aligned(rows: readonly Row[], { least, gap }: { least: number; gap: number }): string {
  return rows
    .map((row, index) =>
      row
        .map((cell, column) => {
          if (column === row.length - 1) return cell;
          return cell.padEnd(Math.max(least, widest(rows, index, column) + gap));
        })
        .join(''),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function widest(rows: readonly Row[], index: number, column: number): number {
  const has = (row: Row | undefined): row is Row => row !== undefined && row.length > column + 1;
  let first = index;
  while (has(rows[first - 1])) first -= 1;
  let width = 0;
  for (let at = first; has(rows[at]); at += 1) {
    width = Math.max(width, rows[at]?.[column]?.length ?? 0);
  }
  return width;
}
