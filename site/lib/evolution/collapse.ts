import type { DiagramEdge, DiagramNode, Graph } from '../diagram/graph.ts';

/** A node of a picture that leaves the inside of its parts out; `frame`: it stands for a group. */
export type Part = DiagramNode & { readonly frame: boolean };

export interface Picture extends Graph {
  readonly nodes: readonly Part[];
}

/**
 * A stage's diagram from further away: each group without groups in it becomes a single box, and its arrows
 * those of the box. What is in no group stays, with its identity.
 *
 * @example collapse(stage1).nodes.map(({ id }) => id) // ['instance', 'browser', 'trigger']
 */
export function collapse(graph: Graph): Picture {
  const holdsGroups = new Set(
    graph.nodes.flatMap(({ group, parent }) => (group && parent !== undefined ? [parent] : [])),
  );
  const isBox = (id: string | undefined) =>
    graph.nodes.some((node) => node.id === id && node.group && !holdsGroups.has(node.id));
  const boxOf = new Map(
    graph.nodes.map(({ id, parent }) => [id, parent !== undefined && isBox(parent) ? parent : id]),
  );
  const nodes = graph.nodes
    .filter(({ id }) => boxOf.get(id) === id)
    .map((node): Part => {
      const frame = isBox(node.id);
      return frame ? { ...node, group: false, shape: 'rounded', frame } : { ...node, frame };
    });
  return { direction: graph.direction, nodes, edges: collapseEdges(graph.edges, boxOf) };
}

/** One arrow from a box to another, without its words: between boxes there may have been several. */
function collapseEdges(
  edges: readonly DiagramEdge[],
  boxOf: ReadonlyMap<string, string>,
): DiagramEdge[] {
  const kept = new Map<string, DiagramEdge>();
  for (const edge of edges) {
    const [from, to] = [boxOf.get(edge.from) ?? edge.from, boxOf.get(edge.to) ?? edge.to];
    const id = `${from}--${to}`;
    const known = kept.get(id);
    if (from === to) continue;
    // A way that is there without conditions is not a dashed one.
    kept.set(id, {
      ...edge,
      id,
      from,
      to,
      label: '',
      dashed: edge.dashed && (known?.dashed ?? true),
    });
  }
  return [...kept.values()];
}
