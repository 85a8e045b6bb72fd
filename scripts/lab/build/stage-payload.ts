import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { parseManifest } from '../../cloud/functions/core/fc/manifest.ts';
import { Failure } from '../../shared/failure.ts';
import { buildStage } from '../../targets/build.ts';
import type { Stage } from '../../stages/catalogue.ts';
import { isText, readFiles } from '../../stages/files.ts';
import { stripRegions } from '../../stages/regions.ts';
import { findImports } from '../imports.ts';
import { findErasure } from '../erase.ts';
import {
  type BuiltFiles,
  type FunctionsPayload,
  type PayloadModule,
  placeholder,
  type Sources,
  type StagePayload,
} from '../payload.ts';
import { clusterPayload } from './cluster-payload.ts';
import { findPacked } from './packed.ts';

/** Files about a stage, or for tools that are not in the Lab. */
const LEFT_OUT =
  /^(tests|experiments)\/|^(README.*\.md|package-lock\.json|tsconfig\.json|stage\.json|diagram\.mmd|build-fc\.mjs|\..*)$/;

/**
 * Makes what the Lab needs to run a stage. Its packages must be installed.
 *
 * @example const payload = await stagePayload(findStage(readStages(), '1'));
 */
export async function stagePayload(stage: Stage): Promise<StagePayload> {
  const sources = readSources(stage);
  const { fc, kubernetes, knative } = stage.targets;
  const target = kubernetes ?? knative;
  const cluster = target && clusterPayload(stage, target, sources);
  // A stage for a cluster is about the cluster: a process alone is what the stage before shows.
  const process = cluster ? undefined : stage.targets.process;
  const built = stage.services?.cdn && (await buildFiles(stage, stage.services.cdn));
  const files = { ...sources, ...built?.files };
  const functions = fc ? await functionsPayload(stage, fc.manifest, files) : undefined;
  const handlers = functions?.manifest.functions.map(({ handler }) => moduleOf(handler)) ?? [];
  return {
    format: 1,
    id: stage.id,
    number: stage.number,
    sources,
    ...(stage.services && { services: Object.keys(stage.services) }),
    ...(stage.secrets && { secrets: stage.secrets }),
    ...(built && { built }),
    modules: compileReachable(sources, [
      ...(process ? [process.entry] : []),
      ...handlers,
      ...Object.values(cluster?.programs ?? {}),
    ]),
    targets: {
      ...(process && { process: { entry: process.entry } }),
      ...(functions && { fc: functions }),
      ...(cluster && { [kubernetes ? 'kubernetes' : 'knative']: cluster }),
    },
  };
}

/** What a stage's script makes for its CDN. */
async function buildFiles(
  stage: Stage,
  { build, files: folder }: { readonly build: string; readonly files: string },
): Promise<BuiltFiles> {
  await buildStage(stage, build, [folder], () => undefined);
  const files: Record<string, string> = {};
  for (const name of readdirSync(join(stage.directory, folder)).filter((each) =>
    /^\w/.test(each),
  )) {
    const content = readFileSync(join(stage.directory, folder, name));
    if (!isText(content)) throw notText(`${stage.id}/${folder}/${name}`);
    files[`${folder}/${name}`] = content.toString();
  }
  return { folder: `${folder}/`, files, from: `${dirname(folder)}/` };
}

function notText(path: string): Failure {
  return new Failure(
    'E_LAB_FILE',
    `${path}: expected text, found bytes. The Lab carries stages as texts: make it an SVG, or leave it out of the Lab.`,
  );
}

function readSources(stage: Stage): Sources {
  const sources: Record<string, string> = {};
  for (const [path, content] of readFiles(stage.directory)) {
    if (LEFT_OUT.test(path)) continue;
    if (!isText(content)) throw notText(`${stage.id}/${path}`);
    sources[path] = stripRegions(content.toString());
  }
  return sources;
}

async function functionsPayload(
  stage: Stage,
  file: string,
  sources: Sources,
): Promise<FunctionsPayload> {
  const text = readFileSync(join(stage.directory, file), 'utf8');
  const manifest = parseManifest(text, file, placeholdersIn(text));
  return { file, manifest, folders: await findPacked(stage, manifest, sources) };
}

/** Variables of which the value is not known before the stage starts: they stand for themselves. */
function placeholdersIn(text: string): Record<string, string> {
  const names = [...text.matchAll(/\$\{env\(\s*['"]?(\w+)['"]?\s*\)\}/g)].map(
    ([, name = '']) => name,
  );
  return Object.fromEntries(names.map((name) => [name, placeholder(name)]));
}

/** `index-faas.handler` is made from `index-faas.ts`. */
function moduleOf(handler: string): string {
  return `${handler.slice(0, handler.lastIndexOf('.'))}.ts`;
}

/** The modules that programs load, found by following their imports. */
function compileReachable(
  sources: Sources,
  entries: readonly string[],
): Record<string, PayloadModule> {
  const modules: Record<string, PayloadModule> = {};
  const queue = [...entries];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const text = sources[path];
    if (modules[path] || text === undefined) continue;
    const module = compile(path, text);
    modules[path] = module;
    for (const { specifier } of module.imports)
      if (specifier.startsWith('.'))
        queue.push(new URL(specifier, `file:///${path}`).pathname.slice(1));
  }
  return modules;
}

function compile(path: string, text: string): PayloadModule {
  const code = path.endsWith('.ts') ? strip(text) : text;
  const erased = findErasure(text, code);
  return { ...(erased ? { erased } : { code }), imports: findImports(code) };
}

/** Types become blanks: lines and columns stay. */
function strip(text: string): string {
  const { emitWarning } = process;
  // Node says of the function that it is new, in the middle of a build's output.
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(text, { mode: 'strip' });
  } finally {
    process.emitWarning = emitWarning;
  }
}
