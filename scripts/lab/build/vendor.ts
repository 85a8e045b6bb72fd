import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { Failure } from '../../shared/failure.ts';
import { midwayPlugin } from './midway-plugin.ts';
import { namesOf, SHIMS } from './node-modules.ts';
import { tablestorePlugin } from './tablestore-plugin.ts';
import { vendorPlugin } from './vendor-plugin.ts';

const WORKER = fileURLToPath(new URL('../../cloud/hosts/worker/inside/entry.ts', import.meta.url));
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Packages of which a stage of the course needs a small part. */
export const KEPT: Readonly<Record<string, readonly string[]>> = {
  // What a stage's own compiler calls for decorators and for `using`.
  tslib: ['__decorate', '__metadata', '__param', '__addDisposableResource', '__disposeResources'],
  // Half of it is encryption and keys from elsewhere.
  jose: ['SignJWT', 'jwtVerify', 'decodeJwt', 'decodeProtectedHeader', 'errors'],
};

/** A package as a stage imports it, and a stage's folder that has it installed. */
export interface UsedPackage {
  readonly specifier: string;
  readonly directory: string;
}

export interface Vendor {
  /** File name -> content. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The script of the workers. */
  readonly worker: string;
  /** Specifier -> file name. */
  readonly modules: Readonly<Record<string, string>>;
  /** A file and all that it loads. */
  closure(file: string): string[];
}

/**
 * Bundles what stages import, once for all of them: packages, and stand-ins for Node's modules.
 *
 * @example const { modules } = await buildVendor([{ specifier: 'express', directory }]); // { express: 'express-4XK2.js', ... }
 */
export async function buildVendor(used: readonly UsedPackage[]): Promise<Vendor> {
  const entries = new Map<string, string>();
  const contents = new Map<string, { text: string; directory: string }>();
  for (const { specifier, directory } of used) {
    const name = specifier.replaceAll(/[@/]/g, '_');
    entries.set(specifier, name);
    contents.set(name, { text: await reexport(specifier, directory), directory });
  }
  // One file for the worker and all of Node: every program needs most of it, and each file costs a round trip.
  contents.set('worker', { text: workerText(), directory: import.meta.dirname });
  const { outputFiles, metafile } = await build({
    entryPoints: [...contents.keys()].map((name) => ({ in: `entry:${name}`, out: name })),
    outdir: '/',
    absWorkingDir: '/',
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    // Express' functions are shown by their names.
    keepNames: true,
    minify: true,
    legalComments: 'none',
    // Where a framework looks whether Node has been taught TypeScript.
    define: { 'require.extensions': '{}' },
    write: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [entryPlugin(contents), tablestorePlugin, midwayPlugin, vendorPlugin],
  });
  const files = new Map(outputFiles.map(({ path, contents: bytes }) => [basename(path), bytes]));
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => ({
    file: basename(path),
    ...output,
  }));
  const fileOf = (name: string): string => {
    const found = outputs.find(({ file }) => file.replace(/-[A-Z0-9]{8}\.js$/, '') === name);
    if (found) return found.file;
    throw new Failure('E_LAB_VENDOR', `esbuild made no file for "${name}".`);
  };
  const addFile = (name: string, text: string): string => {
    const bytes = new TextEncoder().encode(text);
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase();
    files.set(`${name}-${digest}.js`, bytes);
    return `${name}-${digest}.js`;
  };
  const modules: Record<string, string> = {};
  for (const [specifier, name] of entries) modules[specifier] = fileOf(name);
  for (const name of Object.keys(SHIMS)) {
    const file = addFile(variable(name), await facade(name, fileOf('worker')));
    modules[`node:${name}`] = modules[name] = file;
  }
  // WebKit keeps a worker's own script apart from the modules that it loads: if they import it, it runs
  // a second time. So the worker's own script is one that nobody imports.
  const start = addFile('start', `import"./${fileOf('worker')}";`);
  return {
    files,
    worker: start,
    modules,
    closure(file) {
      const seen = new Set<string>();
      const visit = (each: string): void => {
        if (seen.has(each)) return;
        seen.add(each);
        if (each === start) visit(fileOf('worker'));
        const output = outputs.find((candidate) => candidate.file === each);
        for (const { path } of output?.imports ?? []) visit(basename(path));
      };
      visit(file);
      return [...seen];
    },
  };
}

const variable = (name: string): string => `node_${name.replace('/', '_')}`;

/** The worker's script, from which Node's modules can be had. */
function workerText(): string {
  const modules = Object.keys(SHIMS).map(
    (name) => `export * as ${variable(name)} from 'node:${name}';`,
  );
  return [`import ${JSON.stringify(WORKER)};`, ...modules].join('\n');
}

/** One of Node's modules, taken from the worker's script. */
async function facade(name: string, worker: string): Promise<string> {
  const names = (await namesOf(name)).join(',');
  return `import{${variable(name)} as m}from"./${worker}";export default m.default;export const{${names}}=m;`;
}

/** A module that exports what Node finds in a package: of an old one the names are read by running it. */
async function reexport(specifier: string, directory: string): Promise<string> {
  const from = JSON.stringify(specifier);
  const kept = KEPT[specifier];
  if (kept) return `export { ${kept.join(', ')} } from ${from};`;
  const resolved = createRequire(join(directory, 'package.json')).resolve.call(null, specifier);
  const found = (await import(pathToFileURL(resolved).href)) as Record<string, unknown>;
  const names = Object.keys(found).filter((name) => name !== 'default' && IDENTIFIER.test(name));
  if (!('module.exports' in found)) {
    const own = 'default' in found ? `export { default } from ${from};` : '';
    return `export * from ${from}; ${own}`;
  }
  return [
    // Its exports whole, whatever it says of itself: what Node makes the default.
    `const all = require(${from});`,
    'export default all;',
    ...names.map((name) => `const $${name} = all.${name}; export { $${name} as ${name} };`),
  ].join('\n');
}

function entryPlugin(
  contents: ReadonlyMap<string, { readonly text: string; readonly directory: string }>,
): Plugin {
  return {
    name: 'lab-entries',
    setup(bundler) {
      bundler.onResolve({ filter: /^entry:/ }, ({ path }) => ({
        path: path.slice('entry:'.length),
        namespace: 'entry',
      }));
      bundler.onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => {
        const found = contents.get(path);
        return { contents: found?.text ?? '', resolveDir: found?.directory ?? '/' };
      });
    },
  };
}
