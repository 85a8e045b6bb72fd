/** What a page of the built site asks a browser to fetch, and where it leads. */
export interface PageReferences {
  /** Fetched on the first load: stylesheets, scripts, preloads, icons, images that are not lazy. */
  readonly fetched: readonly string[];
  /** Targets of links, in text and in diagrams. */
  readonly links: readonly string[];
  readonly ids: ReadonlySet<string>;
}

const TAG = /<([a-z][\w-]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g;
const FETCHED_LINKS = new Set(['stylesheet', 'modulepreload', 'preload', 'icon', 'shortcut icon']);

/**
 * Reads a page that Astro has written.
 *
 * @example readReferences('<a href="/api/">API</a>').links // ['/api/']
 */
export function readReferences(html: string): PageReferences {
  const fetched = new Set<string>();
  const links: string[] = [];
  const ids = new Set<string>();
  for (const [, body = ''] of html.matchAll(
    /<script\b[^>]*type="?module"?[^>]*>([\s\S]*?)<\/script>/gi,
  )) {
    for (const path of staticImports(body)) fetched.add(path);
  }
  for (const [, name = '', written = ''] of withoutScriptBodies(html).matchAll(TAG)) {
    const attributes = readAttributes(written);
    const id = attributes.get('id');
    if (id !== undefined) ids.add(id);
    const href = attributes.get('href');
    const source = attributes.get('src');
    if (name === 'a' && href !== undefined) links.push(href);
    if (name === 'link' && href !== undefined && FETCHED_LINKS.has(attributes.get('rel') ?? ''))
      fetched.add(href);
    if (
      (name === 'script' || name === 'img' || name === 'iframe') &&
      source !== undefined &&
      attributes.get('loading') !== 'lazy'
    ) {
      fetched.add(source);
    }
  }
  return { fetched: [...fetched], links, ids };
}

/**
 * The modules that a module imports at its start; `import()` is fetched later, if at all.
 *
 * @example staticImports('import{a}from"./a.js";import("./later.js")') // ['./a.js']
 */
export function staticImports(code: string): string[] {
  return [
    ...code.matchAll(
      /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{}\s,]+?\s*from\s*)?["']([^"']+)["']/g,
    ),
  ].map(([, path = '']) => path);
}

function withoutScriptBodies(html: string): string {
  return html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/gi, '$1$3');
}

function readAttributes(written: string): Map<string, string> {
  return new Map(
    [...written.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      (double ?? single ?? bare ?? '').replaceAll('&amp;', '&'),
    ]),
  );
}
