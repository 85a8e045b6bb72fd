import { createDocker, sweepContainers, sweepImages } from '../cloud/hosts/docker/index.ts';
import { isAlive } from '../stages/lock.ts';
import { findCluster } from './cluster/here.ts';
import { sweepNamespaces } from './cluster/namespace.ts';
import { findDocker } from './docker-here.ts';

/**
 * Removes from the machine's engines what commands left that ended without a chance to, and images built
 * here. Answers with what was removed, a line each; an engine that is not there has nothing.
 *
 * @example await sweepEngines() // ['container serverless-evolution-web-1-3f2a9c01']
 */
export async function sweepEngines(): Promise<string[]> {
  const swept = await Promise.all([sweepDocker(), sweepCluster()]);
  return swept.flat();
}

async function sweepDocker(): Promise<string[]> {
  const docker = createDocker();
  if (!(await findDocker(docker)).available) return [];
  const containers = await sweepContainers(docker, isAlive);
  const images = await sweepImages(docker);
  return [
    ...containers.map((name) => `container ${name}`),
    ...images.map((name) => `image ${name}`),
  ];
}

async function sweepCluster(): Promise<string[]> {
  const { context } = await findCluster();
  if (!context) return [];
  const namespaces = await sweepNamespaces(context.name, isAlive);
  return namespaces.map((name) => `namespace ${name} in ${context.name}`);
}
