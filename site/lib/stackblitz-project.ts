import type { Stage } from '../../scripts/stages/catalogue.ts';
import { isCompared, isText, readFiles } from '../../scripts/stages/files.ts';
import { LOCAL_CLOUD, localCloudText, needsLocalCloud } from '../../scripts/stages/local-cloud.ts';
import { stripRegions } from '../../scripts/stages/regions.ts';

/** A stage as StackBlitz takes it: texts only, since its form carries no binary files. */
export interface StackBlitzProject {
  readonly title: string;
  readonly description: string;
  readonly template: 'node';
  readonly files: Readonly<Record<string, string>>;
}

/**
 * A stage's own files, as a checked-out copy has them, without the recorded runs. One that needs the local cloud has it, and
 * stage.json, which says what of it.
 *
 * @example (await stackBlitzProject(stage)).files['index.ts']
 */
export async function stackBlitzProject(
  stage: Pick<Stage, 'directory' | 'number' | 'title' | 'answer' | 'services' | 'secrets'>,
): Promise<StackBlitzProject> {
  const needsCloud = needsLocalCloud(stage);
  const files = [...readFiles(stage.directory)]
    .filter(([path]) => isCompared(path) || (needsCloud && path === 'stage.json'))
    .filter(([, content]) => isText(content))
    .map(([path, content]) => [path, stripRegions(content.toString())] as const);
  return {
    title: `${stage.number} ${stage.title.en}`,
    description: stage.answer.en,
    template: 'node',
    files: {
      ...Object.fromEntries(files),
      ...(needsCloud && { [LOCAL_CLOUD]: await localCloudText() }),
    },
  };
}
