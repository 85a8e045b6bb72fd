import type { z } from 'zod';
import { parseDockerfile } from '../../cloud/kubernetes/core/dockerfile.ts';
import type { Applied } from '../../cloud/kubernetes/core/manifest.ts';
import type { Container, Deployment } from '../../cloud/kubernetes/core/objects.ts';
import { argumentsOf, startOf } from '../../cloud/kubernetes/core/program.ts';
import { Failure } from '../../shared/failure.ts';
import type { Stage } from '../../stages/catalogue.ts';
import type { stageSchema } from '../../stages/schema.ts';
import { readManifests } from '../../targets/cluster/manifests.ts';
import { readManifest } from '../cluster/read-manifest.ts';
import { type ClusterPayload, placeholder, type Sources } from '../payload.ts';

type ClusterTarget = NonNullable<z.infer<typeof stageSchema>['targets']['kubernetes']>;

/** Every variable stands for itself: none has a value before the stage starts. */
const NAMES = new Proxy<Record<string, string>>(
  {},
  { get: (_, name) => placeholder(String(name)) },
);

/**
 * Reads a stage's manifests for a cluster in a tab, which has no parser until a reader changes one.
 *
 * @example clusterPayload(stage, stage.targets.kubernetes, sources).programs // { todo: 'index.ts' }
 */
export function clusterPayload(
  stage: Stage,
  { manifests, images, service, variables = {} }: ClusterTarget,
  sources: Sources,
): ClusterPayload {
  const read = readManifests(stage.directory, manifests, NAMES).map(({ file, text }) =>
    readManifest(file, text),
  );
  const deployments = read.flatMap(({ objects }) => objects).filter(isDeployment);
  const services = read.flatMap((each) => each.services);
  const programs = [...deployments, ...services].map(({ metadata, spec }) => [
    metadata?.name ?? '',
    programOf(stage, spec?.template?.spec?.containers?.[0], images, sources),
  ]);
  return {
    ...{ manifests: read, images, service, variables },
    programs: Object.fromEntries(programs) as Record<string, string>,
  };
}

function isDeployment(object: Applied): object is Applied & Deployment {
  return object.kind === 'Deployment';
}

function programOf(
  stage: Stage,
  container: Container | undefined,
  images: Readonly<Record<string, string>>,
  sources: Sources,
): string {
  const dockerfile = images[container?.image ?? ''];
  const text = dockerfile === undefined ? undefined : sources[dockerfile];
  if (!container || text === undefined)
    throw new Failure(
      'E_LAB_IMAGE',
      `${stage.id}: expected a Dockerfile for ${container?.image} among the images of its target, found none.`,
    );
  const { command = [], args = [] } = container;
  const start = startOf(argumentsOf(parseDockerfile(text), command, args));
  if (start.node) return start.entry;
  throw new Failure(
    'E_LAB_IMAGE',
    `${stage.id}: expected ${container.image} to start a Node program, found "${start.command.join(' ')}".`,
  );
}
