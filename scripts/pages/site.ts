import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Failure } from '../shared/failure.ts';

/** The built site, read from a folder. */
export interface BuiltSite {
  /** Paths of all files, with slashes: `stages/01-all-in-one/index.html`. */
  readonly files: ReadonlySet<string>;
  /** Addresses of all pages: `/stages/01-all-in-one/`. */
  readonly pages: readonly string[];
  /** The file behind an address, or undefined: `/api/` -> `api/index.html`. */
  fileOf(address: string): string | undefined;
  read(file: string): Buffer;
}

/**
 * Reads what `npm run build` has written.
 *
 * @example readSite(DIST).pages // ['/', '/404.html', '/api/', …]
 */
export function readSite(folder: string): BuiltSite {
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
    fileOf: (address) => fileOf(files, address),
    read: (file) => readFileSync(join(folder, file)),
  };
}

function fileOf(files: ReadonlySet<string>, address: string): string | undefined {
  const path = decodeURIComponent(address.replace(/[?#].*$/, '')).replace(/^\//, '');
  return [path, `${path}index.html`, `${path}/index.html`].find((file) => files.has(file));
}
