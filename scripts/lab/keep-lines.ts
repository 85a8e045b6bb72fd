import { decode } from '@jridgewell/sourcemap-codec';

export interface Origin {
  /** Of the compiler's source map. */
  readonly mappings: string;
  readonly source: string;
  /** The lines of the code that begin inside of a template, from 0. */
  readonly inTemplates: ReadonlySet<number>;
}

/**
 * Puts what a compiler has written back on the lines that it was made from, so that an error's line is the one
 * that the editor shows: lines are joined where it has written more of them, and blank ones stand where it has
 * written fewer. The code must end its statements with semicolons and have no comments. Columns are the compiler's.
 *
 * @example keepLines('const a = 1;', { mappings, source: 'type A = 1;\n\nconst a: A = 1;', inTemplates }) // '\n\nconst a = 1;'
 */
export function keepLines(code: string, { mappings, source, inTemplates }: Origin): string {
  const decoded = decode(mappings);
  let kept = '';
  let line = 0;
  for (const [index, text] of code.split('\n').entries()) {
    const [start] = decoded[index] ?? [];
    const from = start && start.length > 1 ? (start[2] ?? line) : line;
    const breaks = inTemplates.has(index) ? 1 : Math.max(0, from - line);
    if (breaks > 0 || index === 0) kept += '\n'.repeat(breaks) + text;
    else kept += ` ${text.trimStart()}`;
    line += breaks;
  }
  return kept.trimEnd() + '\n'.repeat(Math.max(0, source.split('\n').length - 1 - line));
}
