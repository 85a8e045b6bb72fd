export interface Heading {
  readonly level: number;
  readonly text: string;
  /** From `## Text {#id}`, else undefined. */
  readonly id: string | undefined;
}

export interface Fence {
  /** What follows the three ticks, up to a space: `sh`. */
  readonly language: string;
  readonly lines: readonly string[];
  /** The number of the first line inside. */
  readonly line: number;
}

export interface Piece {
  readonly text: string;
  readonly line: number;
}

/** An MDX component: its name and its attributes as they are written. */
export interface Component {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
}

/** What the checks need to know of a Markdown or MDX document. */
export interface Markdown {
  readonly headings: readonly Heading[];
  readonly fences: readonly Fence[];
  /** `inline code`, without its ticks. */
  readonly spans: readonly Piece[];
  /** Targets of links and images. */
  readonly links: readonly Piece[];
  readonly components: readonly Component[];
}

/**
 * Reads a document line by line. Frontmatter is left out; what stands in a fence is only in `fences`.
 *
 * @example readMarkdown('# Course\n\nRun `npm start`.').spans // [{ text: 'npm start', line: 3 }]
 */
export function readMarkdown(source: string): Markdown {
  const { prose, fences } = splitFences(blankFrontmatter(source));
  const headings: Heading[] = [];
  const spans: Piece[] = [];
  const links: Piece[] = [];
  prose.forEach((text, index) => {
    const line = index + 1;
    const heading = /^(#{1,6})\s+(.*?)\s*(?:\{#([\w-]+)\})?\s*$/.exec(text);
    if (heading)
      headings.push({ level: heading[1]?.length ?? 0, text: heading[2] ?? '', id: heading[3] });
    for (const [, span = ''] of text.matchAll(/`([^`]+)`/g)) spans.push({ text: span, line });
    for (const [, target = ''] of text.matchAll(/\]\(([^()\s]+)\)/g))
      links.push({ text: target, line });
  });
  return { headings, fences, spans, links, components: readComponents(prose.join('\n')) };
}

function blankFrontmatter(source: string): string[] {
  const lines = source.split('\n');
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
  return lines.map((line, index) => (index <= end ? '' : line));
}

/**
 * What stands in fences and what does not, each line at its place.
 *
 * @example splitFences(['a', '```sh', 'b', '```']).prose // ['a', '', '', '']
 */
export function splitFences(lines: readonly string[]): { prose: string[]; fences: Fence[] } {
  const prose: string[] = [];
  const fences: Fence[] = [];
  let open: { mark: string; language: string; lines: string[]; line: number } | undefined;
  lines.forEach((text, index) => {
    const mark = /^\s*(`{3,}|~{3,})\s*(\S*)/.exec(text);
    if (!open && mark) {
      open = { mark: mark[1] ?? '', language: mark[2] ?? '', lines: [], line: index + 2 };
    } else if (open && mark?.[1]?.startsWith(open.mark) && mark[2] === '') {
      fences.push({ language: open.language, lines: open.lines, line: open.line });
      open = undefined;
    } else open?.lines.push(text);
    prose.push(open || mark ? '' : text);
  });
  return { prose, fences };
}

function readComponents(prose: string): Component[] {
  return [...prose.matchAll(/<([A-Z]\w*)((?:\s+[\w:-]+(?:=(?:"[^"]*"|\{[^}]*\}))?)*)\s*\/?>/g)].map(
    (match) => ({
      name: match[1] ?? '',
      attributes: new Map(
        [...(match[2] ?? '').matchAll(/([\w:-]+)(?:=(?:"([^"]*)"|(\{[^}]*\})))?/g)].map(
          ([, name = '', quoted, braced]) => [name, quoted ?? braced ?? ''],
        ),
      ),
      line: prose.slice(0, match.index).split('\n').length,
    }),
  );
}
