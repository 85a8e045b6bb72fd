/** A place in the stage's code that a text names. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** Where in the text it is named. */
  readonly start: number;
  readonly end: number;
}

const PLACE = /([\w@./-]+\.(?:ts|mts|js|mjs|json)):(\d+)(?::\d+)?/g;

/**
 * The places in the stage's own files that a log line or an error names; others are left out.
 *
 * @example findPlaces('at list (stage:///code/app.ts:12:5)', ['app.ts'])[0] // { file: 'app.ts', line: 12, … }
 */
export function findPlaces(text: string, files: readonly string[]): Place[] {
  return [...text.matchAll(PLACE)].flatMap((match) => {
    const [whole, path = '', line] = match;
    const file = fileOf(path, files);
    if (file === undefined || /node_modules|\/lab\/vendor\//.test(path)) return [];
    return [{ file, line: Number(line), start: match.index, end: match.index + whole.length }];
  });
}

/** The longest name wins: `models/todo.ts` also ends in `todo.ts`. */
function fileOf(path: string, files: readonly string[]): string | undefined {
  return files
    .filter((file) => path === file || path.endsWith(`/${file}`))
    .toSorted((a, b) => b.length - a.length)[0];
}
