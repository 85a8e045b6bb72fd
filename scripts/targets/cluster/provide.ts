import { basename, dirname, join } from 'node:path';
import { createDocker } from '../../cloud/hosts/docker/index.ts';
import { Failure } from '../../shared/failure.ts';
import { addLocalCloud } from '../../stages/local-cloud.ts';
import { buildImage } from '../image.ts';
import type { TargetOptions } from '../target.ts';
import type { ClusterContext } from './context.ts';
import { findCluster } from './here.ts';
import { loadImages } from './images.ts';

/**
 * The cluster of this machine; without one a failure that says what is missing.
 *
 * @example const { name } = await existingCluster();
 */
export async function existingCluster(): Promise<ClusterContext> {
  const { context, reason, remedy } = await findCluster();
  if (context) return context;
  throw new Failure('E_CLUSTER', [reason, remedy].filter(Boolean).join('. '));
}

/**
 * Builds every image that the manifests name, under that name, and gives it to the cluster.
 *
 * @example await provideImages(options, context, { 'serverless-evolution/06-kubernetes:1': 'Dockerfile' });
 */
export async function provideImages(
  { stage, say }: Pick<TargetOptions, 'stage' | 'say'>,
  context: ClusterContext,
  images: Readonly<Record<string, string>>,
): Promise<void> {
  const docker = createDocker();
  for (const [name, dockerfile] of Object.entries(images)) {
    const directory = join(stage.directory, dirname(dockerfile));
    // The table's image is made of one file that is bundled when it is needed.
    if (dirname(dockerfile) === 'local') await addLocalCloud(stage, stage.directory);
    await buildImage({
      docker,
      stage: { ...stage, directory },
      dockerfile: basename(dockerfile),
      name,
      say,
    });
  }
  await loadImages(context, Object.keys(images), say);
}
