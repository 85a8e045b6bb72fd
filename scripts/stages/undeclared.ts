import type { Stage } from './catalogue.ts';
import { type Files, isCompared } from './files.ts';

/**
 * The paths, in order, of which stage.json does not say that they differ from the parent's.
 *
 * @example undeclaredPaths(second, readFiles(second.directory), readFiles(first.directory)) // ['public/app.js', ...]
 */
export function undeclaredPaths(stage: Stage, own: Files, parent: Files): string[] {
  const declared = new Set(
    stage.changes.flatMap((change) =>
      change.kind === 'renamed' ? [change.path, change.was] : [change.path],
    ),
  );
  return [...new Set([...parent.keys(), ...own.keys()])]
    .filter((path) => isCompared(path) && !declared.has(path))
    .toSorted();
}
