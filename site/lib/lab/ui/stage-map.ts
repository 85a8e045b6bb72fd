/** An arrow of the diagram. */
export interface MapEdge {
  readonly from: string;
  readonly to: string;
}

/** What the diagram on the page says of a stage. */
export interface Drawn {
  readonly nodes: readonly string[];
  readonly edges: readonly MapEdge[];
  /** Nodes that are drawn inside an instance. */
  readonly inside: ReadonlySet<string>;
  /** Node -> the file that it stands for. */
  readonly files: ReadonlyMap<string, string>;
}

export interface StageMapOptions extends Drawn {
  /** The file that the target starts: `index.ts`, `index-faas.ts`. */
  readonly entryFile: string;
  /** The stage's files as they run now. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Where on the diagram a request is. */
export interface StageMap {
  /** Where every request begins. */
  readonly start: string;
  /** Nodes that a request on this target can come to. */
  readonly used: ReadonlySet<string>;
  /** The node of a name in an event: itself, or for an instance the part that answers first. */
  place(name: string): string | undefined;
  /** The node that a middleware of Express belongs to, by its function's name. */
  handler(name: string): string | undefined;
  /** The node outside every instance where the data is: a file, a table. */
  readonly disk: string | undefined;
  /** The node that stands for the files of the stage's page. */
  readonly pages: string | undefined;
  /** The nodes on the way, without the first. */
  way(from: string, to: string): readonly string[];
  /** What a part in an instance hands on to before it answers, down to where the data is. */
  onward(node: string): readonly string[];
}

/**
 * Reads a stage's diagram as a map: which part a middleware belongs to is found by the file that
 * declares its function.
 *
 * @example createStageMap({ ...readDrawing(svg), entryFile: 'index.ts', sources }).handler('list') // 'controllers'
 */
export function createStageMap(options: StageMapOptions): StageMap {
  const { nodes, edges, inside, files, entryFile, sources } = options;
  const targets = new Set(edges.map(({ to }) => to));
  const start = nodes.find((node) => !targets.has(node)) ?? nodes[0] ?? '';
  const entry = nodes.find((node) => files.get(node) === entryFile);
  const framework = nodes.find((node) => /=\s*express\(\)/.test(sourceOf(node)));
  const pages = nodes.find((node) => files.get(node)?.startsWith('public/'));
  const found = new Map<string, string | undefined>();

  function sourceOf(node: string): string {
    return sources[files.get(node) ?? ''] ?? '';
  }

  function declares(node: string, name: string): boolean {
    return new RegExp(`\\b(function|const|let|class)\\s+${name}\\b`).test(sourceOf(node));
  }

  function find(name: string): string | undefined {
    if (name === 'serveStatic') return pages;
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return framework;
    const inInstance = nodes.filter((node) => inside.has(node));
    return inInstance.find((node) => declares(node, name.replaceAll('$', '\\$'))) ?? framework;
  }

  function way(from: string, to: string): readonly string[] {
    return shortest(edges, from, to) ?? [to];
  }

  const between = entry === undefined ? [] : (shortest(edges, start, entry) ?? []);
  return {
    start,
    used: new Set([start, ...between, ...(entry === undefined ? [] : reached(edges, entry))]),
    disk: nodes.find((node) => !inside.has(node) && endsWay(edges, node) && node !== start),
    pages,
    place: (name) => (nodes.includes(name) ? name : entry),
    handler(name) {
      if (!found.has(name)) found.set(name, find(name));
      return found.get(name);
    },
    way,
    onward(node) {
      const passed: string[] = [];
      for (let at = node; ;) {
        const next = edges.filter(({ from, to }) => from === at && inside.has(to));
        // Where the way parts, nothing tells which one was taken.
        const only = next.length === 1 ? next[0]?.to : undefined;
        if (only === undefined || passed.includes(only)) return passed;
        passed.push(only);
        at = only;
      }
    },
  };
}

function endsWay(edges: readonly MapEdge[], node: string): boolean {
  return edges.some(({ to }) => to === node) && !edges.some(({ from }) => from === node);
}

function reached(edges: readonly MapEdge[], from: string): Set<string> {
  const found = new Set([from]);
  for (const node of found) for (const edge of edges) if (edge.from === node) found.add(edge.to);
  return found;
}

/** The nodes after `from` on the shortest way along the arrows; undefined when there is none. */
function shortest(
  edges: readonly MapEdge[],
  from: string,
  to: string,
): readonly string[] | undefined {
  const before = new Map<string, string | undefined>([[from, undefined]]);
  for (const [node] of before) {
    for (const edge of edges)
      if (edge.from === node && !before.has(edge.to)) before.set(edge.to, node);
  }
  if (!before.has(to)) return undefined;
  const nodes: string[] = [];
  for (let at: string | undefined = to; at !== undefined && at !== from; at = before.get(at))
    nodes.unshift(at);
  return nodes;
}
