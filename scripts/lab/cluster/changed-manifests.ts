import type { ClusterPayload, ManifestPayload } from '../payload.ts';
import type { TargetOptions } from '../targets.ts';
import { fillTemplate } from './manifest-texts.ts';

/**
 * Reads manifests as a reader has changed them.
 *
 * @example await readChanged(['k8s/deployment.yaml'], payload, options)
 */
export async function readChanged(
  files: readonly string[],
  payload: Pick<ClusterPayload, 'variables'>,
  { project, environment }: Pick<TargetOptions, 'project' | 'environment'>,
): Promise<readonly ManifestPayload[]> {
  if (files.length === 0) return [];
  const { readManifest } = await import('./read-manifest.ts');
  const variables = { ...environment, ...payload.variables };
  return files.map((file) =>
    readManifest(file, fillTemplate(file, project.sources()[file] ?? '', variables)),
  );
}
