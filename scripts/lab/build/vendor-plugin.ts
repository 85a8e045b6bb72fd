import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { completeModule, SHIMS } from './node-modules.ts';

const packages = (file: string): string =>
  fileURLToPath(new URL(`../../cloud/hosts/worker/packages/${file}`, import.meta.url));
const installed = (specifier: string): string => fileURLToPath(import.meta.resolve(specifier));

/** Packages that are large, or ask for what a browser has: others stand in for them. */
const REPLACED: Readonly<Record<string, string>> = {
  'iconv-lite': packages('iconv-lite.ts'),
  'abort-controller': packages('abort-controller.ts'),
  debug: packages('debug.cjs'),
  'object-inspect': packages('object-inspect.cjs'),
  assert: packages('assert.cjs'),
  '@midwayjs/logger': packages('midway-logger.ts'),
};

/** Modules that are functions when they are required, which a module of the new kind cannot be. */
const CALLABLE: Readonly<Record<string, string>> = {
  events: installed('events/events.js'),
  stream: installed('readable-stream'),
};

/** Node's modules by the names that packages give them so that a bundler takes the package. */
const SLASHED: Readonly<Record<string, string>> = {
  'buffer/': installed('buffer/index.js'),
  'events/': installed('events/events.js'),
  'string_decoder/': installed('string_decoder/lib/string_decoder.js'),
  'process/': SHIMS['process'] ?? '',
};

/** Media types that a page of today is made of; the register's other two thousand are 150 kB. */
const KEPT_TYPE =
  /^(text|font)\/|^(image|audio|video)\/(?!vnd|x-(?!icon))|^application\/(?!vnd|x-(?!www-form-urlencoded|javascript)|prs)|^multipart\/form-data/;

/** Where the constructor of Express' layers has its function: a handler of a request. */
const LAYER = 'this.handle = fn\n';

interface MediaType {
  /** Who registered it decides between two types of one extension. */
  readonly source?: string;
  readonly extensions?: readonly string[];
  readonly charset?: string;
  readonly compressible?: boolean;
}

/** Puts the Lab's stand-ins in the place of Node's modules and of a few packages. */
export const vendorPlugin: Plugin = {
  name: 'lab-vendor',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z]+)?\/?$/ }, ({ path, kind }) => {
      const slashed = SLASHED[path];
      if (slashed !== undefined) return { path: slashed };
      const name = path.replace(/^node:/, '');
      if (!Object.hasOwn(SHIMS, name)) return undefined;
      const callable = kind === 'require-call' ? CALLABLE[name] : undefined;
      return callable === undefined ? { path: name, namespace: 'node' } : { path: callable };
    });
    build.onLoad({ filter: /.*/, namespace: 'node' }, async ({ path }) => ({
      contents: await completeModule(path),
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    }));
    build.onResolve(
      { filter: /^(iconv-lite|abort-controller|debug|object-inspect|assert|@midwayjs\/logger)$/ },
      ({ path }) => ({
        path: REPLACED[path] ?? '',
      }),
    );
    // Which file has put a handler there is what tells two apps, or two controllers, apart in a trace.
    build.onLoad({ filter: /[/\\]router[/\\]lib[/\\]layer\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes(LAYER))
        throw new Error(`${path}: expected the line "${LAYER.trim()}", found a newer router.`);
      return { contents: text.replace(LAYER, `${LAYER}  this.placedBy = new Error().stack\n`) };
    });
    build.onLoad({ filter: /[/\\]mime-db[/\\]db\.json$/ }, async ({ path }) => {
      const types = JSON.parse(await readFile(path, 'utf8')) as Record<string, MediaType>;
      const kept = Object.entries(types).filter(
        ([type, { extensions }]) =>
          KEPT_TYPE.test(type) && (extensions || /json|urlencoded|form-data/.test(type)),
      );
      const contents = kept.map(([type, { source, extensions, charset, compressible }]) => [
        type,
        { source, extensions, charset, compressible },
      ]);
      return { contents: JSON.stringify(Object.fromEntries(contents)), loader: 'json' };
    });
  },
};
