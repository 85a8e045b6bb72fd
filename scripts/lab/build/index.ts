import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Stage } from '../../stages/catalogue.ts';
import { listFiles } from '../../stages/files.ts';
import { installStage } from '../../stages/install.ts';
import { repositoryRoot } from '../../stages/root.ts';
import { type LabManifest, type LabStage, SERVICE_ORIGINS, type StagePayload } from '../payload.ts';
import { buildCompiler } from './compiler.ts';
import { stagePayload } from './stage-payload.ts';
import { buildWebernetes } from './webernetes.ts';
import { buildVendor, type UsedPackage, type Vendor } from './vendor.ts';

/** What is made from other files than the stages' own. */
const INGREDIENTS = ['scripts/cloud', 'scripts/lab', 'scripts/shared', 'package-lock.json'];
const CACHE = '.cache/lab';
/** Imported by what a stage's own compiler makes; the course brings it, not the stage. */
const COMPILER_HELPERS = 'tslib';

export interface BuildOptions {
  /** Hears what takes time. */
  readonly say?: (line: string) => void;
}

/**
 * Makes the Lab's files of stages and answers with their folder; what was made from the same files before
 * is taken from the cache.
 *
 * @example const folder = await buildLab(readStages()); // '.cache/lab/3f9a0c...': manifest.json, vendor/, stages/
 */
export async function buildLab(
  all: readonly Stage[],
  { say = () => undefined }: BuildOptions = {},
): Promise<string> {
  const cache = join(repositoryRoot(), CACHE);
  const stages = labStages(all);
  const folder = join(cache, fingerprint(stages));
  if (existsSync(folder)) return folder;
  for (const stage of stages) await installStage(stage.directory, say);
  say('Building the Lab ...');
  const payloads: StagePayload[] = [];
  for (const stage of stages) payloads.push(await stagePayload(stage));
  const vendor = await buildVendor(usedPackages(stages, payloads));
  const isCluster = payloads.some(hasCluster);
  const webernetes = isCluster ? await buildWebernetes() : undefined;
  const compiled = stages.find((_, index) => payloads[index]?.compiled);
  const compiler = compiled && (await buildCompiler(compiled.directory));
  // Whole or not at all: another process may be looking.
  const draft = `${folder}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  try {
    write(draft, { vendor, payloads, webernetes, compiler });
    if (!existsSync(folder)) renameSync(draft, folder);
    forgetOthers(cache, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/**
 * Puts the Lab's files into a built site.
 *
 * @example copyLab(await buildLab(readStages()), 'dist/lab')
 */
export function copyLab(folder: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  cpSync(folder, target, { recursive: true });
}

/** Reads what `buildLab` has written. */
export function readManifest(folder: string): LabManifest {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as LabManifest;
}

/**
 * The stages that run in a tab: on a machine, as functions or in a cluster, with services beside them that a tab has.
 *
 * @example labStages(readStages()).map(({ number }) => number) // [1, 2, 3, 4, 5, 6, 7, 8]
 */
export function labStages(stages: readonly Stage[]): readonly Stage[] {
  return stages.filter(
    ({ targets, services = {} }) =>
      (targets.process || targets.fc) &&
      Object.keys(services).every((service) => Object.hasOwn(SERVICE_ORIGINS, service)),
  );
}

function usedPackages(stages: readonly Stage[], payloads: readonly StagePayload[]): UsedPackage[] {
  const used = new Map<string, UsedPackage>();
  for (const [index, { modules }] of payloads.entries()) {
    const directory = stages[index]?.directory ?? '';
    for (const { imports } of Object.values(modules))
      for (const { specifier } of imports)
        if (!/^(\.|node:)/.test(specifier) && !used.has(specifier))
          used.set(specifier, {
            specifier,
            directory: COMPILER_HELPERS === specifier ? repositoryRoot() : directory,
          });
  }
  return [...used.values()];
}

type NamedFile = readonly [name: string, bytes: Uint8Array];

function write(
  folder: string,
  {
    vendor,
    payloads,
    webernetes,
    compiler,
  }: {
    readonly vendor: Vendor;
    readonly payloads: readonly StagePayload[];
    readonly webernetes: NamedFile | undefined;
    readonly compiler: NamedFile | undefined;
  },
): void {
  for (const name of ['vendor', 'stages']) mkdirSync(join(folder, name), { recursive: true });
  for (const [name, bytes] of vendor.files) writeFileSync(join(folder, 'vendor', name), bytes);
  for (const [name, bytes] of [webernetes, compiler].filter((each) => each !== undefined))
    writeFileSync(join(folder, 'vendor', name), bytes);
  const stages: Record<string, LabStage> = {};
  for (const payload of payloads) {
    const text = JSON.stringify(payload);
    const path = `stages/${payload.id}-${digest(text).slice(0, 8).toUpperCase()}.json`;
    writeFileSync(join(folder, path), text);
    const engine = hasCluster(payload) && webernetes ? `vendor/${webernetes[0]}` : undefined;
    const vendored = loaded(payload, vendor).map((file) => `vendor/${file}`);
    const files = [path, ...vendored, ...(engine === undefined ? [] : [engine])];
    const bytes = files.reduce(
      (sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length,
      0,
    );
    stages[payload.id] = {
      ...{ payload: path, files, bytes },
      ...(engine !== undefined && { webernetes: engine }),
    };
  }
  const modules = Object.entries(vendor.modules);
  const manifest: LabManifest = {
    format: 1,
    worker: `vendor/${vendor.worker}`,
    vendor: Object.fromEntries(modules.map(([name, file]) => [name, `vendor/${file}`])),
    ...(compiler && {
      compiler: { file: `vendor/${compiler[0]}`, length: compiler[1].length },
    }),
    stages,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

function hasCluster({ targets }: StagePayload): boolean {
  return targets.kubernetes !== undefined || targets.knative !== undefined;
}

/** The files of the worker and of all that a stage imports. */
function loaded({ modules }: StagePayload, vendor: Vendor): string[] {
  const specifiers = Object.values(modules).flatMap(({ imports }) =>
    imports.map(({ specifier }) => specifier),
  );
  const entries = [...new Set(specifiers)].flatMap((specifier) => vendor.modules[specifier] ?? []);
  const files = [vendor.worker, ...entries].flatMap((file) => vendor.closure(file));
  return [...new Set(files)];
}

function forgetOthers(cache: string, folder: string): void {
  for (const name of readdirSync(cache))
    if (!folder.endsWith(name) && !name.includes('.'))
      rmSync(join(cache, name), { recursive: true, force: true });
}

/** A hash of everything that the Lab's files are made of. */
function fingerprint(stages: readonly Stage[]): string {
  const root = repositoryRoot();
  const hash = createHash('sha256');
  const add = (file: string): void =>
    void hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  for (const ingredient of INGREDIENTS) {
    const path = join(root, ingredient);
    if (ingredient.endsWith('.json')) add(path);
    else
      for (const file of listFiles(path).filter(
        (each) => !/\.test\.ts$|(^|\/)testing\//.test(each),
      ))
        add(join(path, file));
  }
  for (const { directory } of stages)
    for (const file of listFiles(directory)) add(join(directory, file));
  return hash.digest('hex').slice(0, 16);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
