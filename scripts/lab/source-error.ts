/**
 * A module that cannot be understood. Lines and columns count from 1.
 *
 * @example throw new SourceError('app.ts', 12, 5, 'Unexpected token');
 */
export class SourceError extends Error {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly what: string;

  constructor(file: string, line: number, column: number, what: string) {
    super(`${file}:${line}:${column}: ${what}`);
    this.name = 'SourceError';
    this.file = file;
    this.line = line;
    this.column = column;
    this.what = what;
  }
}
