import { fill } from '../fill.ts';
import type { DiagramEdge, DiagramNode, United, UnitedGraph } from './graph.ts';
import type { DiagramWords } from './words.ts';

/**
 * A graph in sentences, for those who do not see it: first the arrows, then what stands in what.
 *
 * @example describeGraph(graph, diagramWords('en')) // ['Browser → Express: HTTP', ...]
 */
export function describeGraph(graph: UnitedGraph, words: DiagramWords): string[] {
  const labels = new Map(graph.nodes.map((node) => [node.id, labelOf(node)]));
  const label = (id: string) => labels.get(id) ?? id;
  const arrows = graph.edges.map((edge) => {
    const pattern = { none: words.line, end: words.arrow, both: words.arrowBoth }[edge.heads];
    const text = edge.label === '' ? '' : words.colon + edge.label;
    return (
      fill(pattern, { from: label(edge.from), to: label(edge.to) }) + text + noteOf(edge, words)
    );
  });
  const places = graph.nodes.flatMap((node) => {
    if (node.parent === undefined) return [];
    const inside = fill(words.inside, { node: labelOf(node), group: label(node.parent) });
    return [inside + noteOf(node, words)];
  });
  return [...arrows, ...places];
}

/**
 * The parts that are not as they were, by state: what the legend lists. An arrow to or from a part that
 * is new or gone goes without saying.
 *
 * @example listChanges(graph, diagramWords('en')).added // ['db.json']
 */
export function listChanges(
  graph: UnitedGraph,
  words: DiagramWords,
): Readonly<Record<'added' | 'removed' | 'changed', readonly string[]>> {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const stays = (id: string) => !['added', 'removed'].includes(byId.get(id)?.state ?? 'kept');
  const label = (id: string) => labelOf(byId.get(id) ?? { label: [id] });
  const named = [
    ...graph.nodes.map((node) => ({ state: node.state, text: labelOf(node) + wasOf(node, words) })),
    ...graph.edges
      .filter(({ from, to }) => stays(from) && stays(to))
      .map(({ state, from, to }) => ({
        state,
        text: fill(words.arrow, { from: label(from), to: label(to) }),
      })),
  ];
  const of = (state: string) =>
    named.filter((part) => part.state === state).map(({ text }) => text);
  return { added: of('added'), removed: of('removed'), changed: of('changed') };
}

/**
 * The label of a node on one line.
 *
 * @example labelOf({ label: ['Express', 'port 3001'] }) // 'Express port 3001'
 */
export function labelOf(node: Pick<DiagramNode, 'label'>): string {
  return node.label.join(' ');
}

function noteOf(part: United<DiagramNode> | United<DiagramEdge>, words: DiagramWords): string {
  if (part.state === undefined || part.state === 'kept') return '';
  return fill(words.brackets, { text: words.states[part.state] });
}

function wasOf(node: United<DiagramNode>, words: DiagramWords): string {
  const was = node.was && labelOf(node.was);
  if (!was || was === labelOf(node)) return '';
  return fill(words.brackets, { text: fill(words.was, { label: was }) });
}
