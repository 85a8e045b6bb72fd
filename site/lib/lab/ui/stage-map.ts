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
  /** Service -> the file that its instances start with: `web` -> `index.ts`. */
  readonly entries: ReadonlyMap<string, string>;
  /** The stage's files as they run now. */
  readonly sources: Readonly<Record<string, string>>;
  /** The stage's own modules that one of them imports, where a program may start with a file that no part shows. */
  imports?(file: string): readonly string[];
  /** Its control plane is at work where no request comes. */
  readonly isCluster?: boolean;
}

/** Where on the diagram a request is. */
export interface StageMap {
  /** Where every request begins. */
  readonly start: string;
  /** Nodes that a request on this target can come to. */
  readonly used: ReadonlySet<string>;
  /** What the target runs: one process, or functions. */
  readonly services: readonly string[];
  /** The part of a service that answers first. */
  entry(service?: string): string | undefined;
  /** The node of a name in an event: itself, or for an instance the part that answers first. */
  place(name: string, service?: string): string | undefined;
  /**
   * The node that a middleware, or a function as `ApiFunctions.list`, belongs to: by its name, else by the file that
   * put it there; where the request has been tells two of them apart. Undefined: no node stands for it.
   */
  handler(name: string, route: readonly string[], file?: string): string | undefined;
  /** The node outside every instance where the data is: a file, a table. */
  readonly disk: string | undefined;
  /** The node that stands for the files of the stage's page. */
  readonly pages: string | undefined;
  /** The part of a program that asks a node outside its own instance, such as a gateway's that asks an ingress. */
  caller(node: string): string | undefined;
  /** The nodes on the way, without the first. */
  way(from: string, to: string): readonly string[];
  /** What a part in an instance hands on to before it answers, down to where the data is. */
  onward(node: string): readonly string[];
}

/**
 * Reads a stage's diagram as a map: which part a middleware belongs to is found by the file that
 * declares its function.
 *
 * @example
 * const map = createStageMap({ ...readDrawing(svg), entries: new Map([['web', 'index.ts']]), sources });
 * map.handler('list', ['browser', 'server', 'express']); // 'controllers'
 */
export function createStageMap(options: StageMapOptions): StageMap {
  const { nodes, edges, inside, files, entries, sources, isCluster = false } = options;
  const { imports = () => [] } = options;
  const targets = new Set(edges.map(({ to }) => to));
  const start = nodes.find((node) => !targets.has(node)) ?? nodes[0] ?? '';
  const entryNodes = new Map(
    [...entries].map(([service, file]) => [
      service,
      nodes.find((node) => files.get(node) === file) ?? firstPart(file),
    ]),
  );
  const [firstEntry] = entryNodes.values();
  const frameworks = nodes.filter((node) =>
    /=\s*express\(\)|\.useMiddleware\(/.test(sourceOf(node)),
  );
  const pages = nodes.find((node) => files.get(node)?.startsWith('public/'));
  const found = new Map<string, string | undefined>();
  /** Where ways part: of all that a route passes, only these tell one handler from another. */
  const isBranch = new Set([...entryNodes.values(), ...frameworks]);

  function sourceOf(node: string): string {
    return sources[files.get(node) ?? ''] ?? '';
  }

  /** The parts of a program, by the files that it loads. */
  function partsOf(file: string): readonly string[] {
    const loaded = new Set([file]);
    for (const each of loaded) for (const next of imports(each)) loaded.add(next);
    return nodes.filter((node) => inside.has(node) && loaded.has(files.get(node) ?? ''));
  }

  /** Of a program whose own file no part shows: the part that all its others come after. */
  function firstPart(file: string): string | undefined {
    const after = (node: string): number => reached(edges, node).size;
    return partsOf(file).toSorted((one, other) => after(other) - after(one))[0];
  }

  /** Whether a way to a program whose own file no part shows leads through parts of another one. */
  function isForeign(route: readonly string[], to: string): boolean {
    const [service = ''] = [...entryNodes].find(([, node]) => node === to) ?? [];
    const file = entries.get(service) ?? '';
    const own = partsOf(file);
    if (own.length === 0 || own.some((node) => files.get(node) === file)) return false;
    return route.some((node) => inside.has(node) && !own.includes(node));
  }

  function declares(node: string, name: string): boolean {
    return isDeclared(sourceOf(node), name);
  }

  /** A class that no part shows belongs to the part of its folder. */
  function besideOf(name: string): string | undefined {
    const [file] = Object.entries(sources).find(([, text]) => isDeclared(text, name)) ?? [];
    const folder = folderOf(file ?? '');
    const beside = nodes.filter(
      (node) => inside.has(node) && folder !== '' && folderOf(files.get(node) ?? '') === folder,
    );
    return beside.length === 1 ? beside[0] : undefined;
  }

  /** The first that the request has come to, or can still come to, of parts that are meant by one name. */
  function onWay(candidates: readonly string[], route: readonly string[]): string | undefined {
    const last = route.at(-1) ?? start;
    return (
      candidates.find((node) => route.includes(node)) ??
      candidates.find((node) => reached(edges, last).has(node)) ??
      candidates[0]
    );
  }

  function find(name: string, route: readonly string[], file?: string): string | undefined {
    if (name === 'serveStatic') return pages;
    const [, owner] = /^([A-Z]\w*)\.\w+$/.exec(name) ?? [];
    if (owner !== undefined) return nodes.find((node) => declares(node, owner)) ?? besideOf(owner);
    const declaring = nodes.filter(
      (node) => inside.has(node) && isOwnName(name) && declares(node, name.replaceAll('$', '\\$')),
    );
    if (declaring.length > 0) return onWay(declaring, route);
    if (file === undefined) return onWay(frameworks, route);
    return onWay(
      nodes.filter((node) => inside.has(node) && files.get(node) === file),
      route,
    );
  }

  function way(from: string, to: string): readonly string[] {
    const route = shortest(edges, from, to) ?? [to];
    // Nothing of another program is passed on the way to this one: it is asked directly.
    return from === start && isForeign(route, to) ? [to] : route;
  }

  const ways = [...entryNodes.values()].flatMap((entry) =>
    entry === undefined ? [] : [...way(start, entry), ...reached(edges, entry)],
  );
  // Beside the programs: what a browser asks without them, such as a CDN.
  const aside = nodes.filter((node) =>
    [...reached(edges, node)].every((each) => !inside.has(each)),
  );
  const entry: StageMap['entry'] = (service = '') => {
    if (entryNodes.has(service)) return entryNodes.get(service);
    // A revision is called after its service: `rule-00002`.
    const owner = [...entryNodes.keys()].find((name) => service.startsWith(`${name}-`));
    return owner === undefined ? firstEntry : entryNodes.get(owner);
  };
  const within = new Set(
    [...entryNodes.values()].flatMap((node) =>
      node === undefined ? [] : [...reached(edges, node)],
    ),
  );
  const used = new Set(
    // An arrow may lead to a whole box.
    isCluster ? [...nodes, ...edges.map(({ to }) => to)] : [start, ...ways, ...aside],
  );
  return {
    start,
    used,
    disk: nodes.find(
      (node) =>
        !inside.has(node) &&
        !edges.some(({ from }) => from === node) &&
        edges.some(({ from, to }) => to === node && inside.has(from)),
    ),
    pages,
    caller: (node) =>
      edges.find(({ from, to }) => to === node && inside.has(from) && within.has(from))?.from,
    services: [...entries.keys()],
    entry,
    place(name, service) {
      if (!nodes.includes(name)) return entry(service);
      // Platforms call what stands before their functions alike; the diagram may show one for each of two clouds.
      if (used.has(name)) return name;
      return way(start, firstEntry ?? '').find((node) => !inside.has(node)) ?? name;
    },
    handler(name, route, file) {
      const key = [name, file, ...route.filter((node) => isBranch.has(node))].join(' ');
      if (!found.has(key)) found.set(key, find(name, route, file));
      return found.get(key);
    },
    way,
    onward(node) {
      const passed: string[] = [];
      // An app that has answered by itself has handed nothing on: whatever it calls is told.
      if (frameworks.includes(node)) return passed;
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

function isDeclared(text: string, name: string): boolean {
  return new RegExp(`\\b(function|const|let|class)\\s+${name}\\b`).test(text);
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** A name that a stage has given: what mounts a router is called so by Express. */
function isOwnName(name: string): boolean {
  return name !== 'router' && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
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
