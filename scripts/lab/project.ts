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
import { CLOUDS, isCloud } from './clouds.ts';
import type { OnLoading } from './own-compiler.ts';
import {
  type FunctionsPayload,
  type LabTarget,
  placeholder,
  type Sources,
  type StagePayload,
} from './payload.ts';

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
  /** Hears how the stage's own compiler comes, at the first change that needs it. */
  readonly onCompiler?: OnLoading;
}

/**
 * Keeps the files of a stage that runs in the tab.
 *
 * @example
 * const project = createProject(files, 'process', { clock: systemClock, environment: {} });
 * await project.edit({ 'app.ts': text });
 */
export function createProject(
  files: LabFiles,
  target: LabTarget,
  { clock, environment, onCompiler }: ProjectOptions,
): Project {
  const { payload, vendor } = files;
  const functions = isCloud(target) ? payload.targets[target] : undefined;
  const deployed = clock.now();
  let sources = payload.sources;
  const original = unpack(payload);
  let modules = original;
  let manifest = functions && fillIn(functions.manifest, environment);
  const built = payload.built?.files ?? {};
  const onDisk = (): Sources => ({ ...sources, ...built });
  let machine = createMachineDisk(under(MACHINE_FOLDER, onDisk()), deployed);
  let linked = new Map<string, LinkedModules>();
  const images: LinkedModules[] = [];

  const linkNow = (directory: string): LinkedModules =>
    linkModules({
      modules: under(directory, { ...modules, ...handlersOf(functions) }),
      vendor,
      ...(payload.compiled && { dirnameOf: compiledFolder(payload.compiled.folder, directory) }),
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

  /** Where a module believes itself to be: a bundle is one file, compiled modules have a folder of their own. */
  const compiledFolder = (folder: string, directory: string) => (path: string) =>
    functions
      ? directory
      : path.replace(directory, `${directory}/${folder}`).replace(/\/[^/]+$/, '');

  const compile = async (path: string, text: string): Promise<LinkableModule> =>
    payload.compiled && files.compiler
      ? files.compiler.compile({ path, text, options: payload.compiled.options }, onCompiler)
      : (await import('./compile.ts')).compileModule(path, text);

  /** What the build puts into a function's folder. */
  const packed = (directory: string): Sources => {
    const folders = Object.entries(functions?.folders ?? {});
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
    async edit(edited) {
      const changed = Object.fromEntries(
        Object.entries(edited).filter(([path, text]) => sources[path] !== text),
      );
      refuseBuilt(Object.keys(changed), payload);
      const compiled = await compileAll(changed, {
        sources: payload.sources,
        known: original,
        compile,
      });
      const manifestText = functions && changed[functions.file];
      if (manifestText !== undefined && functions && isCloud(target)) {
        const { parseManifest } = await CLOUDS[target].reader();
        manifest = parseManifest(manifestText, functions.file, environment);
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

/** Where the build gives the handlers' file another name than its module's: a module of that name. */
function handlersOf(functions: FunctionsPayload | undefined): Record<string, LinkableModule> {
  const { source, manifest } = functions ?? {};
  if (source === undefined || !manifest) return {};
  const before = "export * from '";
  const specifier = `./${source}`;
  const [start, end] = [before.length, before.length + specifier.length];
  const handlers: LinkableModule = {
    code: `${before}${specifier}';`,
    imports: [{ specifier, start, end, isDynamic: false }],
  };
  const files = manifest.functions.map(({ handler }) => handler.replace(/\.[^.]+$/, '.js'));
  return Object.fromEntries(files.map((file) => [file, handlers]));
}

/** What a changed file would have to be built into stays as it is: better to say so than to run the old. */
function refuseBuilt(changed: readonly string[], { built, compiled }: StagePayload): void {
  const starter =
    compiled && changed.find((each) => each.endsWith('.js') && !each.startsWith('public/'));
  if (starter !== undefined)
    throw new Failure(
      'E_LAB_BUILT',
      `${starter} starts what a build has compiled, and the Lab compiles in its place. Put it back here; in StackBlitz or in a downloaded copy the change takes effect.`,
    );
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
  {
    sources: original,
    known,
    compile,
  }: {
    readonly sources: Sources;
    readonly known: Readonly<Record<string, LinkableModule>>;
    compile(path: string, text: string): Promise<LinkableModule>;
  },
): Promise<Record<string, LinkableModule>> {
  const compiled: Record<string, LinkableModule> = {};
  for (const [path, text] of Object.entries(texts)) {
    // The page's own scripts are files to the stage: the browser that shows the page reads them.
    if (!MODULE.test(path) || (original[path] !== undefined && !known[path])) continue;
    const same = original[path] === text ? known[path] : undefined;
    compiled[path] = same ?? (await compile(path, text));
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
