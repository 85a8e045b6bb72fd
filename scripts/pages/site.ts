import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Failure } from '../shared/failure.ts';

/** The built site, read from a folder. */
export interface BuiltSite {
  /** Paths of all files, with slashes: `stages/01-all-in-one/index.html`. */
  readonly files: ReadonlySet<string>;
  /** Addresses of all pages below `base`: `/stages/01-all-in-one/`. */
  readonly pages: readonly string[];
  /** The path that it is deployed to, with a slash at both ends. */
  readonly base: string;
  /** The file behind an address, or undefined, as for all that is not below `base`: `/api/` -> `api/index.html`. */
  fileOf(address: string): string | undefined;
  read(file: string): Buffer;
}

/**
 * The path that the site is built for: `SITE_BASE`, `/` without it.
 *
 * @example siteBase({ SITE_BASE: '/course' }) // '/course/'
 */
export function siteBase(environment = process.env): string {
  const path = (environment['SITE_BASE'] ?? '').replaceAll(/^\/+|\/+$/g, '');
  return path === '' ? '/' : `/${path}/`;
}

/**
 * Reads what `npm run build` has written.
 *
 * @example readSite(DIST).pages // ['/', '/404.html', '/api/', …]
 */
export function readSite(folder: string, base = siteBase()): BuiltSite {
  const files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll(sep, '/'),
      ),
  );
  const pages = [...files]
    .filter((file) => file.endsWith('.html'))
    .map((file) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`)
    .toSorted();
  if (pages.length === 0)
    throw new Failure('E_SITE_EMPTY', `${folder} holds no page. Run "npm run build".`);
  return {
    files,
    pages,
    base,
    fileOf: (address) =>
      address.startsWith(base) ? fileOf(files, address.slice(base.length - 1)) : undefined,
    read: (file) => readFileSync(join(folder, file)),
  };
}

function fileOf(files: ReadonlySet<string>, address: string): string | undefined {
  const path = decodeURIComponent(address.replace(/[?#].*$/, '')).replace(/^\//, '');
  return [path, `${path}index.html`, `${path}/index.html`].find((file) => files.has(file));
}
