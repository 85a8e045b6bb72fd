import type { Manifest } from '../cloud/functions/core/manifest.ts';
import {
  createMachineDisk,
  type Folder,
  type LinkableModule,
  type LinkedModules,
  linkModules,
} from '../cloud/hosts/worker/index.ts';
import type { Clock } from '../cloud/shared/clock.ts';
import { Failure } from '../shared/failure.ts';
import type { LabFiles } from './load.ts';
import { erase } from './erase.ts';
import { type LabTarget, placeholder, type Sources, type StagePayload } from './payload.ts';

/** Where a machine has the stage, and a function its code. */
export const MACHINE_FOLDER = '/code';

/** A stage's files as they are deployed, with the reader's changes. */
export interface Project {
  /** The program of target `process`. */
  entry(): string;
  manifest(): Manifest;
  /** Where a function finds its code: `/code`, as in the cloud, unless functions have different ones. */
  codeFolder(code: string): string;
  /** What is in a folder now. */
  folder(directory: string): Folder;
  /** The files as they are now, for ever: what an image holds of them. Each container begins with them anew. */
  image(directory: string): () => Folder;
  sources(): Sources;
  /** Answers which files have changed. */
  edit(files: Sources): Promise<readonly string[]>;
  /** A new disk for the machine. */
  reset(): void;
  /** Lets go of the addresses of modules. */
  close(): void;
}

export interface ProjectOptions {
  readonly clock: Clock;
  /** What a manifest asks for by `${env('NAME')}`. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Keeps the files of a stage that runs in the tab.
 *
 * @example
 * const project = createProject(files, 'process', { clock: systemClock, environment: {} });
 * await project.edit({ 'app.ts': text });
 */
export function createProject(
  { payload, vendor }: LabFiles,
  target: LabTarget,
  { clock, environment }: ProjectOptions,
): Project {
  const { fc } = payload.targets;
  const deployed = clock.now();
  let sources = payload.sources;
  const original = unpack(payload);
  let modules = original;
  let manifest = fc && fillIn(fc.manifest, environment);
  const built = payload.built?.files ?? {};
  const onDisk = (): Sources => ({ ...sources, ...built });
  let machine = createMachineDisk(under(MACHINE_FOLDER, onDisk()), deployed);
  let linked = new Map<string, LinkedModules>();
  const images: LinkedModules[] = [];

  const linkNow = (directory: string): LinkedModules =>
    linkModules({
      modules: under(directory, modules),
      vendor,
      createUrl: (code) => URL.createObjectURL(new Blob([code], { type: 'text/javascript' })),
    });

  const link = (directory: string): LinkedModules => {
    const made = linked.get(directory) ?? linkNow(directory);
    linked.set(directory, made);
    return made;
  };

  const unlink = (): void => {
    for (const each of linked.values()) revoke(each);
    linked = new Map();
  };

  const codeFolder = (code: string): string => {
    const all = [...new Set(manifest?.functions.map((each) => each.code))];
    return all.length > 1 ? `/code/${all.indexOf(code) + 1}` : '/code';
  };

  /** What the build puts into a function's folder. */
  const packed = (directory: string): Sources => {
    const folders = Object.entries(fc?.folders ?? {});
    const [, paths = {}] = folders.find(([code]) => codeFolder(code) === directory) ?? [];
    return Object.fromEntries(
      Object.entries(paths).map(([path, source]) => [path, onDisk()[source] ?? '']),
    );
  };

  return {
    entry: () => payload.targets.process?.entry ?? 'index.ts',
    manifest() {
      if (manifest) return manifest;
      throw new Failure('E_LAB_TARGET', `stage ${payload.number} has no function.`);
    },
    codeFolder,
    folder: (directory) => ({
      disk:
        target === 'process'
          ? machine
          : createMachineDisk(under(directory, packed(directory)), deployed),
      modules: link(directory),
    }),
    image(directory) {
      const texts = under(directory, onDisk());
      const made = linkNow(directory);
      images.push(made);
      return () => ({ disk: createMachineDisk(texts, deployed), modules: made });
    },
    sources: () => sources,
    async edit(files) {
      const changed = Object.fromEntries(
        Object.entries(files).filter(([path, text]) => sources[path] !== text),
      );
      refuseBuilt(Object.keys(changed), payload);
      const compiled = await compileAll(changed, payload.sources, original);
      const manifestText = target === 'fc' && fc ? changed[fc.file] : undefined;
      if (manifestText !== undefined && fc) {
        const { parseManifest } = await import('../cloud/functions/core/fc/manifest.ts');
        manifest = parseManifest(manifestText, fc.file, environment);
      }
      sources = { ...sources, ...changed };
      modules = { ...modules, ...compiled };
      const encoder = new TextEncoder();
      for (const [path, text] of Object.entries(under(MACHINE_FOLDER, changed)))
        machine.apply({
          kind: 'file',
          path,
          file: { bytes: encoder.encode(text), modified: clock.now() },
        });
      // What runs has its modules: their addresses are not asked for again.
      unlink();
      return Object.keys(changed);
    },
    reset() {
      machine = createMachineDisk(under(MACHINE_FOLDER, onDisk()), deployed);
    },
    close() {
      unlink();
      for (const each of images) revoke(each);
    },
  };
}

/** What a changed file would have to be built into stays as it is: better to say so than to run the old. */
function refuseBuilt(changed: readonly string[], { built }: StagePayload): void {
  const path = built && changed.find((each) => each.startsWith(built.from));
  if (path === undefined) return;
  throw new Failure(
    'E_LAB_BUILT',
    `${path} is bundled into ${built?.folder} before a start, and the Lab has no bundler. Put it back here; in StackBlitz or in a downloaded copy the change takes effect.`,
  );
}

/** Puts variables in the place of their names, which a manifest was read with when the site was built. */
function fillIn(manifest: Manifest, environment: Readonly<Record<string, string>>): Manifest {
  const values = new Map(
    Object.entries(environment).map(([name, value]) => [placeholder(name), value]),
  );
  return {
    ...manifest,
    functions: manifest.functions.map((each) => ({
      ...each,
      environment: Object.fromEntries(
        Object.entries(each.environment).map(([name, value]) => [name, values.get(value) ?? value]),
      ),
    })),
  };
}

function unpack({ sources, modules }: StagePayload): Record<string, LinkableModule> {
  return Object.fromEntries(
    Object.entries(modules).map(([path, { imports, code, erased = [] }]) => [
      path,
      { imports, code: code ?? erase(sources[path] ?? '', erased) },
    ]),
  );
}

function revoke({ urls }: LinkedModules): void {
  for (const url of Object.values(urls)) URL.revokeObjectURL(url);
}

const MODULE = /\.(ts|js|mjs)$/;

/** Modules of the texts that are modules; one that is as it was needs no compiler. */
async function compileAll(
  texts: Sources,
  original: Sources,
  known: Readonly<Record<string, LinkableModule>>,
): Promise<Record<string, LinkableModule>> {
  const compiled: Record<string, LinkableModule> = {};
  for (const [path, text] of Object.entries(texts)) {
    // The page's own scripts are files to the stage: the browser that shows the page reads them.
    if (!MODULE.test(path) || (original[path] !== undefined && !known[path])) continue;
    const same = original[path] === text ? known[path] : undefined;
    compiled[path] = same ?? (await import('./compile.ts')).compileModule(path, text);
  }
  return compiled;
}

function under<Value>(
  directory: string,
  entries: Readonly<Record<string, Value>>,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(entries).map(([path, value]) => [`${directory}/${path}`, value]),
  );
}
