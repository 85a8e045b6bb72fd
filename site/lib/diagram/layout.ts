import type { ElkExtendedEdge, ElkNode, ElkShape } from 'elkjs/lib/elk-api.js';
import elkjs from 'elkjs/lib/elk.bundled.js';
import type { DiagramEdge, DiagramNode, Direction, United, UnitedGraph } from './graph.ts';
import { textWidth } from './text-width.ts';

/** Pixels. The style sheet sets the same font sizes. */
export const NODE_FONT = 14;
export const SMALL_FONT = 13;
export const LINE_HEIGHT = 19;
const NODE_PADDING = 12;
/** The lid of a cylinder and the slopes of a hexagon or slanted box take room from the label. */
const SHAPE_EXTRA = {
  cylinder: { x: 0, y: 14 },
  hexagon: { x: 16, y: 0 },
  slanted: { x: 20, y: 0 },
};
/** How a layout runs, and how much room it leaves between its parts. */
interface Style {
  readonly direction: Direction;
  readonly padding: { readonly node: number; readonly group: number };
  readonly leastNode: number;
  /** ELK does not hand spacing down: every group is told again. */
  readonly spacing: Readonly<Record<string, string>>;
  readonly placement: Readonly<Record<string, string>>;
  /** What of the placement groups are told again; model order in groups makes ELK fail. */
  readonly groups: Readonly<Record<string, string>>;
}
const BETWEEN_LAYERS = {
  'elk.layered.spacing.nodeNodeBetweenLayers': '25',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
};
const ROOMY = {
  padding: { node: 16, group: 12 },
  leastNode: 80,
  spacing: { ...BETWEEN_LAYERS, 'elk.spacing.nodeNode': '20', 'elk.spacing.edgeNode': '14' },
  placement: {
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.nodePlacement.favorStraightEdges': 'true',
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  },
  groups: {},
};
const TIGHT = {
  direction: 'down' as const,
  padding: { node: 8, group: 7 },
  leastNode: 60,
  spacing: {
    ...BETWEEN_LAYERS,
    'elk.spacing.nodeNode': '8',
    'elk.spacing.edgeNode': '6',
    'elk.spacing.edgeEdge': '5',
    'elk.spacing.edgeLabel': '2',
  },
};
/** How many parts stand beside each other: as it comes, few, or one. Fewer is narrower and taller. */
const LAYERINGS = [
  {},
  {
    'elk.layered.layering.strategy': 'MIN_WIDTH',
    'elk.layered.layering.minWidth.upperBoundOnWidth': '1',
  },
  {
    'elk.layered.layering.strategy': 'COFFMAN_GRAHAM',
    'elk.layered.layering.coffmanGraham.layerBound': '1',
  },
];
/** No placement is the narrowest for every graph. */
const NARROW: readonly Style[] = LAYERINGS.flatMap((layering) =>
  ['LINEAR_SEGMENTS', 'BRANDES_KOEPF'].map((strategy) => {
    const placement = {
      'elk.layered.nodePlacement.strategy': strategy,
      'elk.layered.compaction.postCompaction.strategy': 'LEFT',
      ...layering,
    };
    return { ...TIGHT, placement, groups: placement };
  }),
);
/** Room for the strokes and the badges on the outermost nodes. */
const MARGIN = 6;

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}
export type PlacedNode = United<DiagramNode> & { readonly box: Box };
export type PlacedEdge = United<DiagramEdge> & {
  readonly points: readonly Point[];
  /** The middle of the label. */
  readonly labelAt?: Point;
};

/** A graph with a place for everything, in pixels from the top left. */
export interface Layout {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const elk = new elkjs.default();

/**
 * Places a graph's parts. `direction` turns it: one that runs to the right is too wide for a phone.
 *
 * @example const tall = await layoutGraph(graph, 'down');
 */
export function layoutGraph(
  graph: UnitedGraph,
  direction: Direction = graph.direction,
): Promise<Layout> {
  return layoutAs(graph, { ...ROOMY, direction });
}

/**
 * Places a graph's parts from top to bottom in little room: the first layout that is at most so wide, or
 * else the narrowest.
 *
 * @example const forPhones = await layoutNarrow(graph, 378);
 */
export async function layoutNarrow(graph: UnitedGraph, width: number): Promise<Layout> {
  let narrowest: Layout | undefined;
  for (const style of NARROW) {
    const layout = await layoutAs(graph, style);
    if (layout.width <= width) return layout;
    if (!narrowest || layout.width < narrowest.width) narrowest = layout;
  }
  return narrowest ?? layoutGraph(graph, 'down');
}

async function layoutAs(graph: UnitedGraph, style: Style): Promise<Layout> {
  const { direction } = style;
  const placed: ElkNode = await elk.layout({
    id: 'diagram',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction === 'right' ? 'RIGHT' : 'DOWN',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.padding': `[top=${MARGIN},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]`,
      ...style.spacing,
      ...style.placement,
      'elk.json.edgeCoords': 'ROOT',
      'elk.json.shapeCoords': 'ROOT',
    },
    children: children(graph, undefined, style),
    edges: graph.edges.map(toElkEdge),
  });
  const boxes = new Map(allNodes(placed).map((node) => [node.id, toBox(node)]));
  const routes = new Map(
    allNodes(placed)
      .flatMap((node) => node.edges ?? [])
      .map((edge) => [edge.id, edge]),
  );
  return {
    direction,
    width: Math.ceil(placed.width ?? 0),
    height: Math.ceil(placed.height ?? 0),
    nodes: graph.nodes.map((node) => ({ ...node, box: boxes.get(node.id) ?? toBox({}) })),
    edges: graph.edges.map((edge) => ({ ...edge, ...toRoute(routes.get(edge.id)) })),
  };
}

function children(graph: UnitedGraph, parent: string | undefined, style: Style): ElkNode[] {
  return graph.nodes
    .filter((node) => node.parent === parent)
    .map((node) =>
      node.group ? toElkGroup(graph, node, style) : { id: node.id, ...sizeOf(node, style) },
    );
}

function toElkGroup(graph: UnitedGraph, node: DiagramNode, style: Style): ElkNode {
  const { group } = style.padding;
  const text = node.label.join(' ');
  return {
    id: node.id,
    labels: [{ text, width: textWidth(text, SMALL_FONT), height: LINE_HEIGHT }],
    layoutOptions: {
      ...style.spacing,
      ...style.groups,
      'elk.padding': `[top=38,left=${group},bottom=14,right=${group}]`,
      'elk.nodeSize.constraints': 'NODE_LABELS',
      'elk.nodeLabels.placement': '[H_LEFT, V_TOP, INSIDE]',
    },
    children: children(graph, node.id, style),
  };
}

function sizeOf(node: DiagramNode, style: Style): { width: number; height: number } {
  const extra = Object.entries(SHAPE_EXTRA).find(([shape]) => shape === node.shape)?.[1] ?? {
    x: 0,
    y: 0,
  };
  const text = Math.max(...node.label.map((line) => textWidth(line, NODE_FONT)));
  return {
    width: Math.ceil(Math.max(style.leastNode, text + 2 * style.padding.node + extra.x)),
    height: node.label.length * LINE_HEIGHT + 2 * NODE_PADDING + extra.y,
  };
}

function toElkEdge(edge: DiagramEdge): ElkExtendedEdge {
  const label = {
    text: edge.label,
    width: textWidth(edge.label, SMALL_FONT) + 12,
    height: LINE_HEIGHT,
  };
  return {
    id: edge.id,
    sources: [edge.from],
    targets: [edge.to],
    ...(edge.label === '' ? {} : { labels: [label] }),
  };
}

function allNodes(node: ElkNode): ElkNode[] {
  return [node, ...(node.children ?? []).flatMap(allNodes)];
}

function toBox({ x = 0, y = 0, width = 0, height = 0 }: ElkShape): Box {
  return { x, y, width, height };
}

function toRoute(edge: ElkExtendedEdge | undefined): Pick<PlacedEdge, 'points' | 'labelAt'> {
  const section = edge?.sections?.[0];
  const points = section
    ? straighten([section.startPoint, ...(section.bendPoints ?? []), section.endPoint])
    : [];
  const label = edge?.labels?.[0];
  if (!label) return { points };
  const { x, y, width, height } = toBox(label);
  return { points, labelAt: { x: x + width / 2, y: y + height / 2 } };
}

/** Across a group's border ELK is off by a pixel now and then, and the line would lean. */
function straighten(points: readonly Point[]): Point[] {
  const near = (a: number, b: number) => Math.abs(a - b) < 2;
  const straight: Point[] = [];
  for (const { x, y } of points) {
    const last = straight.at(-1) ?? { x, y };
    straight.push({ x: near(x, last.x) ? last.x : x, y: near(y, last.y) ? last.y : y });
  }
  return straight;
}
