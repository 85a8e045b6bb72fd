import type { DiagramEdge, DiagramNode, Graph, State, United, UnitedGraph } from './graph.ts';

/**
 * One graph of two stages: every part of either, marked as kept, added, removed or changed.
 *
 * @example uniteGraphs(stage1, stage2).nodes.find(({ id }) => id === 'store')?.state // 'changed'
 */
export function uniteGraphs(before: Graph, after: Graph): UnitedGraph {
  const nodes = unite(before.nodes, after.nodes, sameNode);
  return {
    direction: after.direction,
    nodes: [...nodes.filter((node) => node.group), ...nodes.filter((node) => !node.group)],
    edges: unite(before.edges, after.edges, sameEdge),
  };
}

function unite<Part extends { readonly id: string }>(
  before: readonly Part[],
  after: readonly Part[],
  same: (a: Part, b: Part) => boolean,
): United<Part>[] {
  const old = new Map(before.map((part) => [part.id, part]));
  const current = new Set(after.map((part) => part.id));
  const united = after.map((part): United<Part> => {
    const was = old.get(part.id);
    if (!was) return mark(part, 'added');
    return same(was, part) ? mark(part, 'kept') : { ...mark(part, 'changed'), was };
  });
  const removed = before.filter((part) => !current.has(part.id));
  return [...united, ...removed.map((part) => mark(part, 'removed'))];
}

function mark<Part>(part: Part, state: State): United<Part> {
  return { ...part, state };
}

function sameNode(a: DiagramNode, b: DiagramNode): boolean {
  return (
    a.label.join('\n') === b.label.join('\n') &&
    a.shape === b.shape &&
    a.parent === b.parent &&
    a.group === b.group
  );
}

function sameEdge(a: DiagramEdge, b: DiagramEdge): boolean {
  return a.label === b.label && a.dashed === b.dashed && a.heads === b.heads;
}
