import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, Failure } from '../shared/failure.ts';

const MARK = join('scripts', 'stages', 'schema.ts');

/**
 * The repository's folder, found upwards from this file and else from the working folder: the site's
 * build bundles this module and runs it from its output folder.
 *
 * @example repositoryRoot() // '/home/ada/serverless-evolution'
 */
export function repositoryRoot(): string {
  for (const start of [import.meta.dirname, process.cwd()]) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (existsSync(join(folder, MARK))) return folder;
      if (folder === dirname(folder)) break;
    }
  }
  throw new Failure(
    'E_REPOSITORY_UNKNOWN',
    `no folder above ${process.cwd()} holds ${MARK}. Run this inside a clone of the course.`,
    EXIT.usage,
  );
}

/**
 * The folder of stages: `stages/` of the repository, or what the environment variable STAGES_ROOT names.
 *
 * @example stagesRoot() // '/home/ada/serverless-evolution/stages'
 */
export function stagesRoot(): string {
  return process.env['STAGES_ROOT'] ?? join(repositoryRoot(), 'stages');
}
