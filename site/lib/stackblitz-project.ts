import type { Stage } from '../../scripts/stages/catalogue.ts';
import { isCompared, isText, readFiles } from '../../scripts/stages/files.ts';
import { stripRegions } from '../../scripts/stages/regions.ts';

/** A stage as StackBlitz takes it: texts only, since its form carries no binary files. */
export interface StackBlitzProject {
  readonly title: string;
  readonly description: string;
  readonly template: 'node';
  readonly files: Readonly<Record<string, string>>;
}

/**
 * A stage's own files, as a checked-out copy has them, without the recorded runs.
 *
 * @example stackBlitzProject(stage).files['index.ts']
 */
export function stackBlitzProject(
  stage: Pick<Stage, 'directory' | 'number' | 'title' | 'answer'>,
): StackBlitzProject {
  const files = [...readFiles(stage.directory)]
    .filter(([path, content]) => isCompared(path) && isText(content))
    .map(([path, content]) => [path, stripRegions(content.toString())] as const);
  return {
    title: `${stage.number} ${stage.title.en}`,
    description: stage.answer.en,
    template: 'node',
    files: Object.fromEntries(files),
  };
}
