import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const FOLDER = fileURLToPath(new URL('../../cloud/hosts/worker/node/', import.meta.url));

/** Node module -> its stand-in. */
export const SHIMS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    async_hooks: 'async-hooks',
    buffer: 'buffer',
    crypto: 'crypto',
    diagnostics_channel: 'diagnostics-channel',
    events: 'events',
    fs: 'fs',
    'fs/promises': 'fs-promises',
    http: 'http',
    https: 'https',
    net: 'net',
    os: 'os',
    path: 'path',
    'path/posix': 'path',
    perf_hooks: 'perf-hooks',
    process: 'process',
    querystring: 'querystring',
    stream: 'stream',
    'stream/consumers': 'stream-consumers',
    'stream/promises': 'stream-promises',
    string_decoder: 'string-decoder',
    timers: 'timers',
    'timers/promises': 'timers-promises',
    url: 'url',
    util: 'util',
    'util/types': 'util-types',
    zlib: 'zlib',
  }).map(([name, file]) => [name, `${FOLDER}${file}.ts`]),
);

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * The text of a module that exports all that Node's has: what the stand-in lacks is there by name, and
 * says so when it is used.
 *
 * @example await completeModule('fs') // "export * from '.../fs.ts'; export const watch = absent('node:fs', 'watch'); ..."
 */
export async function completeModule(name: string): Promise<string> {
  const file = SHIMS[name] ?? '';
  const has = await exportsOf(file);
  const missing = (await namesOf(name)).filter((each) => !has.includes(each));
  const stubs = missing.map((each) => `const $${each} = absent('node:${name}', '${each}');`);
  const from = JSON.stringify(file);
  return [
    `import { absent } from ${JSON.stringify(`${FOLDER}absent.ts`)};`,
    `import shim from ${from};`,
    `export * from ${from};`,
    ...stubs,
    `export { ${missing.map((each) => `$${each} as ${each}`).join(', ')} };`,
    `const all = { ${missing.map((each) => `${each}: $${each}`).join(', ')} };`,
    `for (const name in all) if (!(name in shim)) shim[name] = all[name];`,
    'export default shim;',
  ].join('\n');
}

/**
 * Every name that Node's module and its stand-in export, beside the default.
 *
 * @example (await namesOf('fs')).includes('watch') // true
 */
export async function namesOf(name: string): Promise<string[]> {
  const all = Object.keys(process.getBuiltinModule(name) ?? {});
  const own = await exportsOf(SHIMS[name] ?? '');
  const names = new Set([...all, ...own].filter((each) => IDENTIFIER.test(each)));
  names.delete('default');
  return [...names];
}

async function exportsOf(file: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [file],
    bundle: false,
    write: false,
    format: 'esm',
    metafile: true,
    outdir: 'none',
    logLevel: 'silent',
  });
  return Object.values(metafile.outputs)[0]?.exports ?? [];
}
