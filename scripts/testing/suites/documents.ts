import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkCommandLines } from '../../checks/command-lines.ts';
import { commandsOfPage, documentedCommands } from '../../checks/documented-commands.ts';
import { formatProblem } from '../../checks/problem.ts';
import { readTree } from '../../checks/tree.ts';
import { DIST, buildSite, isBuilt } from '../../pages/build.ts';
import { readSite } from '../../pages/site.ts';
import { readStages } from '../../stages/catalogue.ts';
import { repositoryRoot } from '../../stages/root.ts';
import { createClone } from '../documented/clone.ts';
import { createCopies } from '../documented/copies.ts';
import { runBlocks } from '../documented/run-blocks.ts';
import type { Outcome } from '../part.ts';
import { withTemporaryFolder } from '../temporary.ts';

/** Every command that a document or a page shows, typed into a clone as a reader would. */
export async function documentsSuite(): Promise<Outcome> {
  if (!isBuilt()) await buildSite();
  const tree = readTree(repositoryRoot());
  const site = readSite(DIST);
  const shown = site.pages.flatMap((page) =>
    commandsOfPage(page, site.read(site.fileOf(site.base + page.slice(1)) ?? '').toString()),
  );
  const problems = await checkCommandLines(shown, { tree, stages: readStages(), names: {} });
  return withTemporaryFolder('documents', async (folder) => {
    // What a block makes beside the clone goes with the block: copies stand elsewhere.
    const beside = join(folder, 'reader');
    mkdirSync(beside);
    const course = createClone(tree, beside);
    const results = await runBlocks([...documentedCommands(tree), ...shown], {
      course,
      copyOf: createCopies(course, join(folder, 'copies')),
      say: console.log,
    });
    const failed = results.filter(({ outcome }) => outcome === 'failed');
    return {
      passed: results.filter(({ outcome }) => outcome === 'passed').length,
      failed: failed.length + problems.length,
      skipped: results.flatMap(({ outcome, command, why }) =>
        outcome === 'skipped' ? [`${command}: ${why}`] : [],
      ),
      report: [
        ...problems.map(formatProblem),
        ...failed.map(({ where, command, why }) => `${where}: ${command}\n${why}`),
      ].join('\n'),
    };
  });
}
