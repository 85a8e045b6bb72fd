import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './catalogue.ts';
import { orphans } from './temporary.ts';

/** What running, building and testing leave in a stage. */
const IN_A_STAGE = [
  ...['dist', 'db.json', '.db.json.tmp', 'coverage', '.cache', 'cdn/dist'],
  ...['local/cloud.mjs', 'local/tables.log', 'local/tables.log.lock'],
];
/** What building and testing leave in the repository. */
const IN_THE_REPOSITORY = ['dist', '.astro', '.cache', 'test-results', 'playwright-report'];

/**
 * What can be deleted without losing anything that git tracks or a person wrote: outputs, caches, todos of
 * local runs, and temporary folders whose process is gone. Installed packages too when asked for.
 *
 * @example leftovers(root, readStages(), { packages: false, now: Date.now() })
 */
export function leftovers(
  root: string,
  stages: readonly Pick<Stage, 'directory'>[],
  { packages, now }: { packages: boolean; now: number },
): string[] {
  const inStages = packages ? [...IN_A_STAGE, 'node_modules'] : IN_A_STAGE;
  return [
    ...IN_THE_REPOSITORY.map((name) => join(root, name)),
    ...stages.flatMap(({ directory }) => inStages.map((name) => join(directory, name))),
    ...orphans(now),
  ].filter((path) => existsSync(path));
}
