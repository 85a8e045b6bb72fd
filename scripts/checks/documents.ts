import { basename, dirname, join, normalize } from 'node:path/posix';
import { readMarkdown } from './markdown.ts';
import type { Fence } from './markdown.ts';
import type { Problem } from './problem.ts';
import type { Tree } from './tree.ts';

const EXTENSION = /\.(ts|mjs|js|json|md|mdx|astro|css|html|ya?ml|mmd)$/;
/** Made by a command, so in no clean clone. */
const MADE =
  /(^|\/)(node_modules|dist|db\.json|my-copy|local\/cloud\.mjs|local\/tables\.log)(\/|$)/;
const FILE_NAMES = /^(Dockerfile|LICENSE)$/;

/**
 * The documents that speak of the repository's files and commands.
 *
 * @example documentPaths(readTree(root)) // ['ARCHITECTURE.md', 'README.md', …]
 */
export function documentPaths(tree: Tree): string[] {
  return tree.paths.filter(
    (path) =>
      /^[A-Z-]+(\.zh-CN)?\.md$/.test(path) ||
      /README(\.zh-CN)?\.md$/.test(path) ||
      /^site\/content\/.*\.mdx?$/.test(path),
  );
}

/**
 * Every path that a document names exists.
 *
 * @example checkDocuments(readTree(root)) // []
 */
export function checkDocuments(tree: Tree): Problem[] {
  const folders = foldersOf(tree.paths);
  const entries = [...tree.paths, ...folders];
  // A name alone, `stage.json`, may be that of a file anywhere.
  const names = new Set(tree.paths.map((path) => basename(path)));
  return documentPaths(tree).flatMap((document) => {
    const { spans, links, fences } = readMarkdown(tree.read(document));
    const bases = basesOf(document, folders);
    const exists = (path: string) =>
      path.includes('/')
        ? bases.some((base) => matches(entries, join(base, path)))
        : names.has(path) || matches(entries, path);
    const named = [
      ...spans.filter(({ text }) => namesPath(text, bases, folders)),
      ...fences.filter(({ language }) => language === '').flatMap(pathsOfOutline),
    ];
    return [
      ...named
        .filter(({ text }) => !MADE.test(text) && !exists(text))
        .map(({ text, line }) => ({
          where: `${document}:${line}`,
          what: `names ${text}, which does not exist`,
        })),
      ...(document.startsWith('site/') ? [] : links)
        .filter(({ text }) => !/^([a-z]+:|#)/.test(text))
        .filter(
          ({ text }) =>
            !entries.includes(normalize(join(dirname(document), text.replace(/#.*/, '')))),
        )
        .map(({ text, line }) => ({
          where: `${document}:${line}`,
          what: `links to ${text}, which does not exist`,
        })),
    ];
  });
}

/** Where a path may start: at the root, at the document, and on a page about stages in any of them. */
function basesOf(document: string, folders: ReadonlySet<string>): string[] {
  const stages = [...folders].filter((folder) => /^stages\/[^/]+$/.test(folder));
  return ['.', dirname(document), ...(document.startsWith('site/') ? stages : [])];
}

function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  return folders;
}

/** `a/b.ts`, `stages/`, `package.json`: but not `text/html`, `/api/rule` or `GET /healthz`. */
function namesPath(span: string, bases: readonly string[], folders: ReadonlySet<string>): boolean {
  if (!/^[\w@.*{},-][\w@./*{},-]*$/.test(span) || /^\.+$/.test(span)) return false;
  if (EXTENSION.test(span)) return !span.startsWith('.');
  const [first = ''] = span.split('/');
  return span.includes('/') && bases.some((base) => folders.has(normalize(join(base, first))));
}

/** A block that draws a tree: the first word of each line is a path below the lines less indented. */
function pathsOfOutline(fence: Fence): { text: string; line: number }[] {
  const above: { indent: number; path: string }[] = [];
  return fence.lines.flatMap((text, index) => {
    const match = /^( *)([\w@.*{},-]+(?:\/[\w@.*{},-]*)*\/?)(?:\s{2,}|\s*$)/.exec(text);
    if (!match) return [];
    const [, { length: indent } = '', name = ''] = match;
    while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
    const path = join(above.at(-1)?.path ?? '', name);
    if (name.endsWith('/')) above.push({ indent, path });
    const isPath = name.includes('/') || EXTENSION.test(name) || FILE_NAMES.test(name);
    return isPath ? [{ text: path, line: fence.line + index }] : [];
  });
}

/** `*`, `NN-name`, `X` and `NAME` in a path stand for any name. */
function matches(entries: readonly string[], path: string): boolean {
  const plain = normalize(path).replace(/\/$/, '');
  if (entries.includes(plain)) return true;
  const segments = plain.split('/').map((segment) =>
    segment
      .replace(/^NN-name$/, '*')
      .replace(/^X$/, '*')
      .replace(/^NAME(?=\.|$)/, '*'),
  );
  if (!/[*{]/.test(segments.join('/'))) return false;
  const source = segments
    .join('/')
    .replace(/[.+^$()|[\]\\]/g, String.raw`\$&`)
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(${names.split(',').join('|')})`)
    .replaceAll('*', '[^/]*');
  const pattern = new RegExp(`^${source}$`);
  return entries.some((entry) => pattern.test(entry));
}
