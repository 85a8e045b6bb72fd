import { escapeHtml } from '../code/escape.ts';
import type { State } from './graph.ts';
import { LINE_HEIGHT, type Layout, type PlacedEdge, type PlacedNode } from './layout.ts';
import { head, labelShift, outline, round, route } from './shapes.ts';

/** Where a node leads, and how its link is called: "store: open index.ts". */
export interface NodeLink {
  readonly href: string;
  readonly name: string;
  /** The id that a block of the same code has on a lesson's page. */
  readonly anchor: string;
}

export interface SvgOptions {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly links: ReadonlyMap<string, NodeLink>;
}

const BADGES: Readonly<Record<State, string>> = {
  kept: '',
  added: '+',
  removed: '−',
  changed: '~',
};

/**
 * A layout as SVG for the page itself: colours come from style sheets, nodes that stand for code are links.
 *
 * @example renderSvg(await layoutGraph(graph), { id: 'd1', title, description, links: new Map() })
 */
export function renderSvg(layout: Layout, options: SvgOptions): string {
  const { id, title, description, links } = options;
  const { width, height } = layout;
  const groups = layout.nodes.filter((node) => node.group);
  const nodes = layout.nodes.filter((node) => !node.group);
  return [
    `<svg class="diagram" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group"`,
    ` aria-labelledby="${id}-title" aria-describedby="${id}-description">`,
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-description">${escapeHtml(description)}</desc>`,
    ...groups.map(renderGroup),
    ...layout.edges.map(renderEdge),
    ...nodes.map((node) => renderNode(node, links.get(node.id))),
    '</svg>',
  ].join('');
}

function renderGroup(node: PlacedNode): string {
  const { x, y, width, height } = node.box;
  return (
    `<g class="${classes('group', node.state)}" data-node="${escapeHtml(node.id)}" ${place(x, y)}>` +
    `<rect width="${round(width)}" height="${round(height)}" rx="12"/>` +
    `<text x="14" y="24">${escapeHtml(node.label.join(' '))}</text>${badge(node.state, width)}</g>`
  );
}

function renderNode(node: PlacedNode, link: NodeLink | undefined): string {
  const { x, y, width, height } = node.box;
  const attributes = `class="${classes('node', node.state)}" data-node="${escapeHtml(node.id)}" ${place(x, y)}`;
  const middle = height / 2 + labelShift(node.shape) - ((node.label.length - 1) * LINE_HEIGHT) / 2;
  const lines = node.label.map(
    (line, index) =>
      `<text x="${round(width / 2)}" y="${round(middle + index * LINE_HEIGHT)}">${escapeHtml(line)}</text>`,
  );
  // Lines with nothing between them would be read as one word.
  const inside =
    outline(node.shape, round(width), round(height)) + lines.join(' ') + badge(node.state, width);
  if (!link) return `<g ${attributes}>${inside}</g>`;
  const names = `aria-label="${escapeHtml(link.name)}" data-code="${escapeHtml(link.anchor)}"`;
  return `<a href="${escapeHtml(link.href)}" ${names} ${attributes}>${inside}</a>`;
}

/** Edges are told in words below the diagram; read out one by one they are noise. */
function renderEdge(edge: PlacedEdge): string {
  const ends = `data-from="${escapeHtml(edge.from)}" data-to="${escapeHtml(edge.to)}"`;
  const [first, second] = edge.points;
  const last = edge.points.at(-1);
  const previous = edge.points.at(-2);
  let heads = '';
  if (edge.heads !== 'none' && last && previous) heads += head(last, previous);
  if (edge.heads === 'both' && first && second) heads += head(first, second);
  const label = edge.labelAt
    ? `<text x="${round(edge.labelAt.x)}" y="${round(edge.labelAt.y)}">${escapeHtml(edge.label)}</text>`
    : '';
  return (
    `<g class="${classes('edge', edge.state, edge.dashed ? 'dashed' : '')}" ${ends} aria-hidden="true">` +
    `<path d="${route(edge.points, edge.heads)}"/>` +
    `${heads ? `<path class="head" d="${heads}"/>` : ''}${label}</g>`
  );
}

function badge(state: State | undefined, width: number): string {
  const sign = state ? BADGES[state] : '';
  if (!sign) return '';
  return `<g class="badge" aria-hidden="true" ${place(width - 4, 4)}><circle r="8"/><text>${sign}</text></g>`;
}

function classes(...names: readonly (string | undefined)[]): string {
  return names.filter((name) => name && name !== 'kept').join(' ');
}

function place(x: number, y: number): string {
  return `transform="translate(${round(x)} ${round(y)})"`;
}
