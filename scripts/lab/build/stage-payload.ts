import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import type { Manifest } from '../../cloud/functions/core/manifest.ts';
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
import { CLOUDS, type LabCloud } from '../clouds.ts';
import { clusterPayload } from './cluster-payload.ts';
import { type OwnCompiler, ownCompiler } from './own-compiler.ts';
import { findPacked } from './packed.ts';

/** Files about a stage, or for tools that are not in the Lab. */
const LEFT_OUT =
  /^(tests|experiments)\/|^(README.*\.md|package-lock\.json|stage\.json|diagram\.mmd|build-fc\.mjs|\..*)$/;
/** Of use only where the stage has to be compiled by its reader, too. */
const SETTINGS = 'tsconfig.json';

/**
 * Makes what the Lab needs to run a stage. Its packages must be installed.
 *
 * @example const payload = await stagePayload(findStage(readStages(), '1'));
 */
export async function stagePayload(stage: Stage): Promise<StagePayload> {
  const sources = readSources(stage);
  const { kubernetes, knative } = stage.targets;
  const target = kubernetes ?? knative;
  const cluster = target && clusterPayload(stage, target, sources);
  // A stage for a cluster is about the cluster: a process alone is what the stage before shows.
  const process = cluster ? undefined : stage.targets.process;
  const built = stage.services?.cdn && (await buildFiles(stage, stage.services.cdn));
  const files = { ...sources, ...built?.files };
  const fc = await functionsPayload(stage, 'fc', files);
  const scf = await functionsPayload(stage, 'scf', files);
  const compiler = ownCompiler(stage);
  const entry = process?.compiled?.source ?? process?.entry;
  return {
    format: 1,
    id: stage.id,
    number: stage.number,
    sources,
    ...(stage.services && { services: Object.keys(stage.services) }),
    ...(stage.secrets && { secrets: stage.secrets }),
    ...(built && { built }),
    ...(compiler && { compiled: compiler.payload }),
    modules: compileReachable(
      sources,
      [
        ...(entry === undefined ? [] : [entry]),
        ...[fc, scf].flatMap((functions) => functions?.entries ?? []),
        ...Object.values(cluster?.programs ?? {}),
      ],
      compiler,
    ),
    targets: {
      ...(entry !== undefined && { process: { entry } }),
      ...(fc && { fc: fc.payload }),
      ...(scf && { scf: scf.payload }),
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
    if (path === SETTINGS && !stage.targets.process?.compiled) continue;
    if (!isText(content)) throw notText(`${stage.id}/${path}`);
    sources[path] = stripRegions(content.toString());
  }
  return sources;
}

/** A stage's functions on a cloud, and the modules that they start with. */
async function functionsPayload(
  stage: Stage,
  cloud: LabCloud,
  sources: Sources,
): Promise<{ payload: FunctionsPayload; entries: readonly string[] } | undefined> {
  const target = stage.targets[cloud];
  if (!target) return undefined;
  const { build, manifest: file, source } = target;
  const text = readFileSync(join(stage.directory, file), 'utf8');
  const { parseManifest } = await CLOUDS[cloud].reader();
  const manifest: Manifest = parseManifest(text, file, placeholdersIn(text));
  const folders = await findPacked(stage, { build, manifest }, sources);
  return {
    payload: { file, manifest, folders, ...(source !== undefined && { source }) },
    entries: source === undefined ? manifest.functions.map(moduleOf) : [source],
  };
}

/** Variables of which the value is not known before the stage starts: they stand for themselves. */
function placeholdersIn(text: string): Record<string, string> {
  const names = [...text.matchAll(/\$\{env(?:\(\s*['"]?(\w+)['"]?\s*\)|[:.](\w+))\}/g)].map(
    ([, call, path]) => call ?? path ?? '',
  );
  return Object.fromEntries(names.map((name) => [name, placeholder(name)]));
}

/** `index-faas.handler` is made from `index-faas.ts`. */
function moduleOf({ handler }: { readonly handler: string }): string {
  return `${handler.slice(0, handler.lastIndexOf('.'))}.ts`;
}

/** The modules that programs load, found by following their imports. */
function compileReachable(
  sources: Sources,
  entries: readonly string[],
  compiler: OwnCompiler | undefined,
): Record<string, PayloadModule> {
  const modules: Record<string, PayloadModule> = {};
  const queue = [...entries];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const text = sources[path];
    if (modules[path] || text === undefined) continue;
    const module = compile(path, text, compiler);
    modules[path] = module;
    for (const { specifier } of module.imports)
      if (specifier.startsWith('.'))
        queue.push(new URL(specifier, `file:///${path}`).pathname.slice(1));
  }
  return modules;
}

function compile(path: string, text: string, compiler: OwnCompiler | undefined): PayloadModule {
  const code = path.endsWith('.ts') ? withoutTypes(path, text, compiler) : text;
  const erased = findErasure(text, code);
  return { ...(erased ? { erased } : { code }), imports: findImports(code) };
}

/** With a compiler of the stage's own what that makes, unless blanks in the place of types come to the same. */
function withoutTypes(path: string, text: string, compiler: OwnCompiler | undefined): string {
  if (!compiler) return strip(text);
  const made = compiler.compile(path, text);
  try {
    const stripped = strip(text);
    return bare(stripped) === bare(made) ? stripped : made;
  } catch {
    return made;
  }
}

/** Without what makes no difference; rejects what is no JavaScript. */
function bare(code: string): string {
  return transformSync(code, { minifyWhitespace: true, minifySyntax: true, logLevel: 'silent' })
    .code;
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
