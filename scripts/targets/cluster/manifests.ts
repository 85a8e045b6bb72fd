import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../shared/failure.ts';

/** A file of this name is filled in before it is applied: it asks for what must not be in it. */
const TEMPLATE = /\.template\.ya?ml$/;
const MANIFEST = /\.ya?ml$/;
const VARIABLE = /\$\{([A-Za-z_]\w*)\}/g;

export interface ManifestText {
  /** Relative to the stage. */
  readonly file: string;
  readonly text: string;
}

/**
 * The manifests of a stage as they are given to a cluster: the files of each folder in alphabetical order, templates
 * filled in; without variables they are left as they are.
 *
 * @example readManifests(stage.directory, ['k8s/local', 'k8s'], { JWT_SECRET: 'c2VjcmV0' })
 */
export function readManifests(
  directory: string,
  paths: readonly string[],
  variables?: Readonly<Record<string, string | undefined>>,
): ManifestText[] {
  return paths
    .flatMap((path) => filesIn(directory, path))
    .map((file) => {
      const text = readFileSync(join(directory, file), 'utf8');
      return { file, text: variables && TEMPLATE.test(file) ? fill(text, file, variables) : text };
    });
}

function filesIn(directory: string, path: string): string[] {
  if (statSync(join(directory, path)).isFile()) return [path];
  return readdirSync(join(directory, path), { withFileTypes: true })
    .filter((entry) => entry.isFile() && MANIFEST.test(entry.name))
    .map(({ name }) => `${path}/${name}`)
    .toSorted();
}

function fill(
  text: string,
  file: string,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  return text.replaceAll(VARIABLE, (_, name: string) => {
    const value = variables[name];
    if (value !== undefined) return value;
    throw new Failure(
      'E_MANIFEST_VARIABLE',
      `${file} asks for ${name}, which is not set. Set it in the environment and run the command again.`,
    );
  });
}
