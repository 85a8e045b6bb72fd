import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative, sep } from 'node:path';
import { execa } from 'execa';
import type { Manifest } from '../../cloud/functions/core/manifest.ts';
import { Failure } from '../../shared/failure.ts';
import type { Stage } from '../../stages/catalogue.ts';
import { stripRegions } from '../../stages/regions.ts';
import { makeTemporaryFolder } from '../../stages/temporary.ts';
import { rm } from 'node:fs/promises';
import type { FunctionsPayload, Sources } from '../payload.ts';

/** Where a stage's build puts its output unless it is told another folder. */
const BUILD_FOLDER = 'dist';

/**
 * Which files a stage's build puts beside the bundle, and which of the stage's files they are copies of:
 * found by running the build, so that nothing is said twice. The bundle itself is left out, since the Lab
 * runs the modules that it is made from.
 *
 * @example await findPacked(stage, { build: 'build:fc', manifest }, sources) // { './dist': { 'db.json': 'seed.json', ... } }
 */
export async function findPacked(
  stage: Stage,
  { build: script, manifest }: { readonly build: string; readonly manifest: Manifest },
  sources: Sources,
): Promise<FunctionsPayload['folders']> {
  const built = makeTemporaryFolder('lab');
  try {
    const npm = await execa('npm', ['run', '--silent', script, '--', built], {
      cwd: stage.directory,
      all: true,
      reject: false,
      stdin: 'ignore',
    });
    if (npm.failed)
      throw new Failure(
        'E_BUILD',
        `npm run ${script} failed in ${stage.directory}. Mend what it says:\n${npm.all}`,
      );
    const folders: Record<string, Record<string, string>> = {};
    const bundles = manifest.functions.map(({ handler }) => handler.replace(/\.[^.]+$/, '.js'));
    for (const { code } of manifest.functions)
      folders[code] ??= originals(stage, join(built, belowBuild(stage, code)), sources, bundles);
    return folders;
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}

function belowBuild(stage: Stage, code: string): string {
  const below = relative(BUILD_FOLDER, normalize(code));
  if (!below.startsWith('..')) return below;
  throw new Failure(
    'E_LAB_PACKED',
    `${stage.id}: expected the code of a function in ./${BUILD_FOLDER}, found ${code}.`,
  );
}

function originals(
  stage: Stage,
  folder: string,
  sources: Sources,
  bundles: readonly string[],
): Record<string, string> {
  const paths: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).replaceAll(sep, '/');
    if (bundles.includes(path) || isBundle(path, sources)) continue;
    const text = stripRegions(readFileSync(file, 'utf8'));
    const source =
      sources[path] === text ? path : Object.keys(sources).find((each) => sources[each] === text);
    if (source === undefined) {
      throw new Failure(
        'E_LAB_PACKED',
        `${stage.id}: the build makes ${path}, which is a copy of no file of the stage, so the Lab cannot have it.`,
      );
    }
    paths[path] = source;
  }
  return paths;
}

/** A bundle of a module of the stage, its source map, or the note that says how Node is to read it. */
function isBundle(path: string, sources: Sources): boolean {
  if (path === 'package.json') return true;
  const module = path.replace(/\.c?js(\.map)?$/, '.ts');
  return module !== path && sources[module] !== undefined;
}
