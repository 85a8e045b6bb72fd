import type { ElkExtendedEdge, ElkNode, ElkShape } from 'elkjs/lib/elk-api.js';
import elkjs from 'elkjs/lib/elk.bundled.js';
import type { DiagramEdge, DiagramNode, Direction, United, UnitedGraph } from './graph.ts';
import { textWidth } from './text-width.ts';

/** Pixels. The style sheet sets the same font sizes. */
export const NODE_FONT = 14;
export const SMALL_FONT = 13;
export const LINE_HEIGHT = 19;
const NODE_PADDING = { x: 16, y: 12 };
const MINIMUM_WIDTH = 80;
/** The lid of a cylinder and the slopes of a hexagon or slanted box take room from the label. */
const SHAPE_EXTRA = {
  cylinder: { x: 0, y: 14 },
  hexagon: { x: 16, y: 0 },
  slanted: { x: 20, y: 0 },
};
const GROUP_PADDING = '[top=38,left=12,bottom=14,right=12]';
/** ELK does not hand spacing down: every group is told again. */
const SPACING = {
  'elk.spacing.nodeNode': '20',
  'elk.spacing.edgeNode': '14',
  'elk.layered.spacing.nodeNodeBetweenLayers': '25',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
};
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
export async function layoutGraph(
  graph: UnitedGraph,
  direction: Direction = graph.direction,
): Promise<Layout> {
  const placed: ElkNode = await elk.layout({
    id: 'diagram',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction === 'right' ? 'RIGHT' : 'DOWN',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.padding': `[top=${MARGIN},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]`,
      ...SPACING,
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.nodePlacement.favorStraightEdges': 'true',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.json.edgeCoords': 'ROOT',
      'elk.json.shapeCoords': 'ROOT',
    },
    children: children(graph, undefined),
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

function children(graph: UnitedGraph, parent: string | undefined): ElkNode[] {
  return graph.nodes
    .filter((node) => node.parent === parent)
    .map((node) => (node.group ? toElkGroup(graph, node) : { id: node.id, ...sizeOf(node) }));
}

function toElkGroup(graph: UnitedGraph, node: DiagramNode): ElkNode {
  const text = node.label.join(' ');
  return {
    id: node.id,
    labels: [{ text, width: textWidth(text, SMALL_FONT), height: LINE_HEIGHT }],
    layoutOptions: {
      ...SPACING,
      'elk.padding': GROUP_PADDING,
      'elk.nodeSize.constraints': 'NODE_LABELS',
      'elk.nodeLabels.placement': '[H_LEFT, V_TOP, INSIDE]',
    },
    children: children(graph, node.id),
  };
}

function sizeOf(node: DiagramNode): { width: number; height: number } {
  const extra = Object.entries(SHAPE_EXTRA).find(([shape]) => shape === node.shape)?.[1] ?? {
    x: 0,
    y: 0,
  };
  const text = Math.max(...node.label.map((line) => textWidth(line, NODE_FONT)));
  return {
    width: Math.ceil(Math.max(MINIMUM_WIDTH, text + 2 * NODE_PADDING.x + extra.x)),
    height: node.label.length * LINE_HEIGHT + 2 * NODE_PADDING.y + extra.y,
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
