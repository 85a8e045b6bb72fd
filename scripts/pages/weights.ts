import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readReferences, staticImports } from './html.ts';
import type { BuiltSite } from './site.ts';

const STAGE_PAGE_BYTES = 60_000;
const CODE_PAGE_BYTES = 120_000;

/** What a browser fetches before a reader has done anything, as gzip. */
export interface Weight {
  readonly page: string;
  readonly bytes: number;
  readonly limit: number;
  /** File -> bytes. */
  readonly parts: ReadonlyMap<string, number>;
}

/**
 * Weighs every page: the document, stylesheets, scripts with all that they import, icons and images.
 *
 * @example weighPages(readSite(DIST)).filter(({ bytes, limit }) => bytes > limit)
 */
export function weighPages(site: BuiltSite): Weight[] {
  const zipped = new Map<string, number>();
  const weightOf = (file: string) => {
    const known = zipped.get(file) ?? gzipSync(site.read(file), { level: 9 }).length;
    zipped.set(file, known);
    return known;
  };
  return site.pages.map((page) => {
    const files = filesOfPage(site, page);
    const parts = new Map(files.map((file) => [file, weightOf(file)]));
    const bytes = [...parts.values()].reduce((sum, each) => sum + each, 0);
    return { page, bytes, limit: limitOf(page), parts };
  });
}

/** The limit in bytes: pages of differences and of code carry whole files, all others are read. */
export function limitOf(page: string): number {
  return /^(\/zh-cn)?\/(diff|code)\//.test(page) ? CODE_PAGE_BYTES : STAGE_PAGE_BYTES;
}

function filesOfPage(site: BuiltSite, page: string): string[] {
  const document = site.fileOf(site.base + page.slice(1));
  if (document === undefined) return [];
  const files = new Set([document]);
  const queue = readReferences(site.read(document).toString()).fetched.map((target) =>
    resolve(site, document, target),
  );
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    if (files.has(file) || !site.files.has(file)) continue;
    files.add(file);
    if (!file.endsWith('.js')) continue;
    queue.push(
      ...staticImports(site.read(file).toString()).map((path) => resolve(site, file ?? '', path)),
    );
  }
  return [...files];
}

function resolve(site: BuiltSite, from: string, target: string): string {
  return target.startsWith('/')
    ? (site.fileOf(target) ?? '')
    : posix.join(posix.dirname(from), target);
}

/**
 * The weights as lines, the heaviest part of each page named.
 *
 * @example console.log(formatWeights(weights).join('\n'))
 */
export function formatWeights(weights: readonly Weight[]): string[] {
  const width = Math.max(...weights.map(({ page }) => page.length));
  return weights.map(({ page, bytes, limit, parts }) => {
    const heaviest = [...parts].toSorted(([, a], [, b]) => b - a)[0];
    const over = bytes > limit ? `  over ${kilobytes(limit)}` : '';
    return `${page.padEnd(width)}  ${kilobytes(bytes).padStart(8)}  heaviest: ${heaviest?.[0]} ${kilobytes(heaviest?.[1] ?? 0)}${over}`;
  });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
