import { blobId, type Files, isText } from '../stages/files.ts';
import { type Kind, KINDS, kindOfFile } from './kinds.ts';

/** How much there is of one kind; lines that hold nothing are not counted. */
export interface Amount {
  readonly files: number;
  readonly lines: number;
}

/**
 * Files and lines of a stage, by kind.
 *
 * @example countFiles(readFiles(stage.directory)).operations // { files: 2, lines: 71 }
 */
export function countFiles(files: Files): Readonly<Record<Kind, Amount>> {
  const amounts = Object.fromEntries(KINDS.map((kind) => [kind, { files: 0, lines: 0 }])) as Record<
    Kind,
    { files: number; lines: number }
  >;
  for (const [path, content] of files) {
    const kind = kindOfFile(path);
    if (!kind) continue;
    amounts[kind].files += 1;
    if (isText(content)) amounts[kind].lines += linesOf(content.toString());
  }
  return amounts;
}

/**
 * How many files of what a stage deploys were taken over from the stage before without a changed byte, whatever
 * folder they are in now.
 *
 * @example countKept(readFiles(second.directory), readFiles(first.directory)) // { kept: 28, of: 33 }
 */
export function countKept(files: Files, before: Files): { kept: number; of: number } {
  const known = new Set([...before.values()].map(blobId));
  const deployed = [...files].filter(([path]) => kindOfFile(path) !== undefined);
  const kept = deployed.filter(([, content]) => known.has(blobId(content)));
  return { kept: kept.length, of: deployed.length };
}

function linesOf(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}
