import { Failure } from '../../../scripts/shared/failure.ts';
import type { DiagramEdge, DiagramNode, Direction, Graph, Shape } from './graph.ts';
import { type FlowchartData, readFlowchart } from './mermaid.ts';

const SHAPES: Readonly<Record<string, Shape>> = {
  squareRect: 'rectangle',
  rect: 'rectangle',
  roundedRect: 'rounded',
  stadium: 'stadium',
  cylinder: 'cylinder',
  hexagon: 'hexagon',
  lean_right: 'slanted',
  subroutine: 'subroutine',
};

const DIRECTIONS: Readonly<Record<string, Direction>> = { LR: 'right', TB: 'down', TD: 'down' };

/**
 * Mermaid text -> graph. `file` names the source in errors.
 *
 * @example
 * const graph = await parseDiagram('flowchart LR\n  browser([Browser]) -->|HTTP| express[Express]', 'diagram.mmd');
 * graph.edges[0]?.id // 'browser--express'
 */
export async function parseDiagram(text: string, file: string): Promise<Graph> {
  const flowchart = await readFlowchart(keepLines(text)).catch((error: unknown) => {
    throw syntaxFailure(error, text, file);
  });
  const direction = DIRECTIONS[flowchart?.direction ?? ''];
  if (!flowchart || !direction) {
    throw new Failure(
      'E_DIAGRAM_KIND',
      `${file}:1: expected "flowchart LR" or "flowchart TB", found "${firstLine(text)}".`,
    );
  }
  const nodes = flowchart.data.nodes.map((node) => toNode(node, text, file));
  return { direction, nodes: groupsFirst(nodes), edges: toEdges(flowchart.data.edges) };
}

function toNode(node: FlowchartData['nodes'][number], text: string, file: string): DiagramNode {
  const shape = SHAPES[node.shape ?? 'squareRect'];
  if (!shape) {
    throw new Failure(
      'E_DIAGRAM_SHAPE',
      `${file}:${lineOf(node.id, text)}: node "${node.id}" has the shape "${node.shape}"; ` +
        `expected one of ${Object.keys(SHAPES).join(', ')}.`,
    );
  }
  return {
    id: node.id,
    label: (node.label ?? node.id).split(/\s*<br\s*\/?>\s*/).map(decode),
    shape,
    group: node.isGroup,
    ...(node.parentId === undefined ? {} : { parent: node.parentId }),
  };
}

function toEdges(edges: FlowchartData['edges']): DiagramEdge[] {
  const seen = new Map<string, number>();
  return edges.map(({ start = '', end = '', ...edge }) => {
    const pair = `${start}--${end}`;
    const count = (seen.get(pair) ?? 0) + 1;
    seen.set(pair, count);
    const head = (type: string | undefined) => type !== undefined && type.startsWith('arrow_point');
    return {
      id: count === 1 ? pair : `${pair}--${count}`,
      from: start,
      to: end,
      label: decode(edge.label ?? ''),
      dashed: edge.pattern === 'dotted',
      heads: !head(edge.arrowTypeEnd) ? 'none' : head(edge.arrowTypeStart) ? 'both' : 'end',
    };
  });
}

/** Mermaid hands labels over as HTML. */
function decode(label: string): string {
  return label.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Outer groups first, so that they are painted below what stands in them. */
function groupsFirst(nodes: readonly DiagramNode[]): DiagramNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const depth = (node: DiagramNode): number => {
    const parent = node.parent === undefined ? undefined : byId.get(node.parent);
    return parent ? depth(parent) + 1 : 0;
  };
  const groups = nodes.filter((node) => node.group).toSorted((a, b) => depth(a) - depth(b));
  return [...groups, ...nodes.filter((node) => !node.group)];
}

/** Mermaid drops comment lines before it counts lines: empty ones in their place keep the count. */
function keepLines(text: string): string {
  return text.replaceAll(/^[ \t]*%%(?!\{).*$/gm, '');
}

function syntaxFailure(error: unknown, text: string, file: string): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const located = error as { hash?: { loc?: { first_line?: number } } };
  // The text is trimmed before it is parsed: lines are counted from its first one.
  const skipped = /^\s*/.exec(keepLines(text))?.[0].split('\n').length ?? 1;
  const line = (located.hash?.loc?.first_line ?? 1) + skipped - 1;
  const found = text.split('\n')[line - 1]?.trim() ?? '';
  const expected = /Expecting (.*)$/m.exec(message)?.[1] ?? message;
  return new Failure(
    'E_DIAGRAM_SYNTAX',
    `${file}:${line}: expected ${expected}; found "${found}". See mermaid.js.org/syntax/flowchart.`,
    undefined,
    { cause: error },
  );
}

function lineOf(id: string, text: string): number {
  const index = text.split('\n').findIndex((line) => line.split(/[^\w-]+/).includes(id));
  return index + 1;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
