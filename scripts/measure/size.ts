import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { createDocker } from '../cloud/hosts/docker/index.ts';
import type { Stage } from '../stages/catalogue.ts';
import { readFiles } from '../stages/files.ts';
import { availabilityOf } from '../targets/index.ts';
import { buildImage } from '../targets/image.ts';
import { kindOfFile } from './kinds.ts';

/** How much is sent to where the stage runs, and in what form. Null where this machine cannot tell. */
export interface Size {
  readonly form: 'folder' | 'package' | 'image';
  /** As it lies there, unpacked. */
  readonly bytes: number | null;
}

/**
 * Measures what a deployment of the stage sends: an image with its base, the packages of all its functions, or the
 * folder with its production packages. An image needs a Docker.
 *
 * @example await sizeOf(third, 'fc', console.error) // { form: 'package', bytes: 2_483_112 }
 */
export async function sizeOf(
  stage: Stage,
  home: string,
  say: (line: string) => void,
): Promise<Size> {
  if (home === 'fc') return { form: 'package', bytes: await packagesOf(stage) };
  const { docker } = stage.targets;
  const dockerfile = docker?.dockerfile ?? (home === 'knative' ? 'Dockerfile' : undefined);
  if (dockerfile === undefined) return { form: 'folder', bytes: folderOf(stage.directory) };
  const here = await availabilityOf('docker');
  if (here?.available !== true) return { form: 'image', bytes: null };
  const client = createDocker();
  const image = await buildImage({ docker: client, stage, dockerfile, say });
  const said = await client.run(['image', 'inspect', '--format', '{{.Size}}', image]);
  return { form: 'image', bytes: Number(said) };
}

/** The folders that the manifest names, each packed for its function. */
async function packagesOf(stage: Stage): Promise<number> {
  const manifest = join(stage.directory, stage.targets.fc?.manifest ?? '');
  const { resources } = parse(readFileSync(manifest, 'utf8')) as {
    resources: Record<string, { component: string; props: { code?: string } }>;
  };
  return Object.values(resources)
    .filter(({ component }) => component === 'fc3')
    .map(({ props }) => sizeOfFolder(join(dirname(manifest), props.code ?? '')))
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** What the program needs on its machine beside Node: its own files, and the packages that are not for development. */
function folderOf(directory: string): number {
  const own = [...readFiles(directory)]
    .filter(([path]) => kindOfFile(path) !== undefined)
    .reduce((sum, [, content]) => sum + content.length, 0);
  const { packages } = JSON.parse(readFileSync(join(directory, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, optional }]) => path !== '' && dev !== true && optional !== true)
    .reduce((sum, [path]) => sum + sizeOfFolder(join(directory, path)), own);
}

/** Nested packages stand in the lockfile themselves. */
function sizeOfFolder(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== '.built-from')
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sizeOfFolder(path) : statSync(path).size;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
