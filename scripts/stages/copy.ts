import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Stage } from './catalogue.ts';
import { isText, listFiles } from './files.ts';
import { stripRegions } from './regions.ts';

/**
 * Writes a stage's files into a folder, without region markers, and answers with their paths. What a
 * run or an installation left behind is not among them; git is not needed.
 *
 * @example copyStage(findStage(readStages(), '2'), '/tmp/my-copy') // ['.gitignore', 'README.md', ...]
 */
export function copyStage(stage: Pick<Stage, 'directory'>, destination: string): string[] {
  const paths = listFiles(stage.directory);
  for (const path of paths) {
    const source = join(stage.directory, path);
    const target = join(destination, path);
    mkdirSync(dirname(target), { recursive: true });
    const content = readFileSync(source);
    const text = isText(content) ? content.toString() : undefined;
    const stripped = text === undefined ? undefined : stripRegions(text);
    if (stripped === text) copyFileSync(source, target);
    else writeFileSync(target, stripped ?? '', { mode: statSync(source).mode });
  }
  return paths;
}
