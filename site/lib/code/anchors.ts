/**
 * The id of a line on a page that shows whole files.
 *
 * @example lineAnchor('models/todos.ts', 12) // 'models/todos.ts-L12'
 */
export function lineAnchor(file: string, line: number): string {
  return `${file}-L${line}`;
}

/**
 * The id of a block of code in a lesson.
 *
 * @example blockAnchor('01-all-in-one', 'index.ts', 'listen') // 'code-01-all-in-one-index.ts-listen'
 */
export function blockAnchor(stage: string, file: string, region?: string): string {
  return ['code', stage, file, region].filter(Boolean).join('-');
}

/**
 * The page that shows all files of a stage, below the language's root.
 *
 * @example codePage('01-all-in-one') // 'code/01-all-in-one/'
 */
export function codePage(stage: string): string {
  return `code/${stage}/`;
}

/**
 * The id of a whole file on a page that shows several.
 *
 * @example fileAnchor('models/todos.ts') // 'file-models/todos.ts'
 */
export function fileAnchor(file: string): string {
  return `file-${file}`;
}
