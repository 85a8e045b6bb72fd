import { Failure } from '../shared/failure.ts';
import type { Stage } from './catalogue.ts';
import { isText } from './files.ts';
import type { Files } from './files.ts';
import type { Problem } from './problem.ts';
import { readRegions } from './regions.ts';

/**
 * Checks that every file and region that a stage's description names is there, and that its regions are whole.
 *
 * @example checkReferences(stage, readFiles(stage.directory)) // []
 */
export function checkReferences(stage: Stage, files: Files): Problem[] {
  const problem = (path: string, message: string): Problem => ({
    code: 'E_REFERENCE_BROKEN',
    stage: stage.id,
    path,
    message,
  });
  const regions = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  for (const [path, content] of files) {
    if (!isText(content)) continue;
    try {
      const found = readRegions(content.toString(), `${stage.id}/${path}`);
      regions.set(
        path,
        found.map(({ name }) => name),
      );
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(problem(path, error.message));
    }
  }
  for (const { from, file, region } of referencesOf(stage)) {
    const where = `${stage.id}/stage.json: ${from}`;
    if (!files.has(file)) {
      problems.push(
        problem(file, `${where} expected the file ${file}, found none. Correct the path.`),
      );
    } else if (region !== undefined && !regions.get(file)?.includes(region)) {
      const known = regions.get(file)?.join(', ') || 'none';
      problems.push(
        problem(
          file,
          `${where} expected the region "${region}" in ${file}, found ${known}. Mark it or correct the name.`,
        ),
      );
    }
  }
  return problems;
}

function referencesOf(stage: Stage): { from: string; file: string; region?: string }[] {
  const { process, fc, docker, cluster, scf } = stage.targets;
  const built = Object.values(cluster?.images ?? {});
  const nodes = Object.entries(stage.diagram).map(([node, { file, region }]) => ({
    from: `diagram.${node}`,
    file,
    ...(region !== undefined && { region }),
  }));
  return [
    ...nodes,
    ...(process ? [{ from: 'targets.process.entry', file: process.entry }] : []),
    ...(fc ? [{ from: 'targets.fc.manifest', file: fc.manifest }] : []),
    ...(docker ? [{ from: 'targets.docker.dockerfile', file: docker.dockerfile }] : []),
    ...(scf ? [{ from: 'targets.scf.manifest', file: scf.manifest }] : []),
    ...built.map((file) => ({ from: 'targets.cluster.images', file })),
  ];
}
