import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../stages/catalogue.ts';
import { KNATIVE_IMAGES } from './cluster/knative-install.ts';
import { readManifests } from './cluster/manifests.ts';

/** An image that somebody else made and a real engine has to fetch. */
export interface NeededImage {
  readonly image: string;
  /** What it is for: `base of 05-docker/Dockerfile`. */
  readonly why: readonly string[];
}

/** kind's node, by the digest in the notes of the release: https://github.com/kubernetes-sigs/kind/releases/tag/v0.33.0 */
const KIND_NODE =
  'kindest/node:v1.37.0@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5';

/**
 * Every image that the real targets of some stages need and that is not built from their files.
 *
 * @example neededImages(readStages()) // [{ image: 'node:24.21.0-bookworm-slim', why: ['base of 05-docker/Dockerfile'] }]
 */
export function neededImages(stages: readonly Stage[]): NeededImage[] {
  const needed = new Map<string, string[]>();
  const need = (image: string, why: string): void => {
    const reasons = needed.get(image) ?? [];
    if (!reasons.includes(why)) needed.set(image, [...reasons, why]);
  };
  for (const { id, directory, targets } of stages) {
    const { docker, cluster } = targets;
    const dockerfiles = new Set(Object.values(cluster?.images ?? {}));
    if (docker) dockerfiles.add(docker.dockerfile);
    for (const file of dockerfiles) {
      const text = readFileSync(join(directory, file), 'utf8');
      for (const image of baseImages(text)) need(image, `base of ${id}/${file}`);
    }
    if (!cluster) continue;
    need(KIND_NODE, 'a node of kind v0.33.0, for the target cluster');
    if (targets.knative) {
      for (const [image, why] of KNATIVE_IMAGES) need(image, `${why}, for the target cluster`);
    }
    for (const { file, text } of readManifests(directory, cluster.manifests)) {
      for (const image of manifestImages(text)) {
        if (!Object.hasOwn(cluster.images, image)) need(image, `${id}/${file}`);
      }
    }
  }
  return [...needed].map(([image, why]) => ({ image, why }));
}

/**
 * The images that a Dockerfile begins with: not those that it makes itself on the way, and with the defaults
 * of its arguments.
 *
 * @example baseImages('ARG NODE_IMAGE=node:24\nFROM ${NODE_IMAGE} AS build\nFROM build') // ['node:24']
 */
export function baseImages(dockerfile: string): string[] {
  const values = new Map<string, string>();
  const made = new Set<string>(['scratch']);
  const bases = new Set<string>();
  for (const line of dockerfile.split('\n')) {
    const [, name, value] = /^ARG\s+(\w+)=(\S+)/i.exec(line) ?? [];
    if (name !== undefined && value !== undefined && bases.size === 0) values.set(name, value);
    const [, from, alias] = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    if (from === undefined) continue;
    const image = from.replaceAll(/\$\{?(\w+)\}?/g, (_, key: string) => values.get(key) ?? '');
    if (!made.has(image)) bases.add(image);
    if (alias !== undefined) made.add(alias);
  }
  return [...bases];
}

/**
 * The images that a manifest names.
 *
 * @example manifestImages('containers: [{ image: "a:1" }]') // ['a:1']
 */
export function manifestImages(manifest: string): string[] {
  return [...manifest.matchAll(/(?:^|[\s{,-])image:\s*["']?([^\s"',}]+)/gm)].map(
    ([, image = '']) => image,
  );
}
