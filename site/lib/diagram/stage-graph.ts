import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../../../scripts/stages/catalogue.ts';
import { Failure } from '../../../scripts/shared/failure.ts';
import { blockAnchor, codePage, lineAnchor } from '../code/anchors.ts';
import { readSource } from '../code/source.ts';
import { fill } from '../fill.ts';
import type { Language } from '../languages.ts';
import { pageLink } from '../links.ts';
import { labelOf } from './describe.ts';
import type { Graph, UnitedGraph } from './graph.ts';
import { parseDiagram } from './parse.ts';
import type { NodeLink } from './svg.ts';
import { uniteGraphs } from './union.ts';
import type { DiagramWords } from './words.ts';

/**
 * The architecture of a stage, from its `diagram.mmd`; each node that stage.json maps to code must be in it.
 *
 * @example (await readStageGraph(stage)).nodes.length
 */
export async function readStageGraph(stage: Stage): Promise<Graph> {
  const path = join(stage.directory, 'diagram.mmd');
  const file = `stages/${stage.id}/diagram.mmd`;
  if (!existsSync(path)) {
    throw new Failure(
      'E_DIAGRAM_MISSING',
      `${file}: expected a mermaid flowchart, found no file. Every stage draws its architecture there.`,
    );
  }
  const graph = await parseDiagram(readFileSync(path, 'utf8'), file);
  const ids = graph.nodes.map(({ id }) => id);
  const unknown = Object.keys(stage.diagram).find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new Failure(
      'E_DIAGRAM_NODE',
      `stages/${stage.id}/stage.json: diagram: expected nodes of ${file} (${ids.join(', ')}), found "${unknown}".`,
    );
  }
  return graph;
}

/**
 * The union of two stages' graphs, in which a part also counts as changed when the code that it stands
 * for differs.
 *
 * @example (await readUnion(first, second)).nodes.filter(({ state }) => state === 'changed')
 */
export async function readUnion(before: Stage, after: Stage): Promise<UnitedGraph> {
  const union = uniteGraphs(await readStageGraph(before), await readStageGraph(after));
  const nodes = union.nodes.map((node) =>
    node.state === 'kept' && codeDiffers(before, after, node.id)
      ? { ...node, state: 'changed' as const }
      : node,
  );
  return { ...union, nodes };
}

/** A part that stands for code at only one of the stages is not compared. */
function codeDiffers(before: Stage, after: Stage, id: string): boolean {
  const [old, now] = [before, after].map((stage) => {
    const code = stage.diagram[id];
    return code && readSource(stage, code.file, code.region).code;
  });
  return old !== undefined && now !== undefined && old !== now;
}

export interface LinkOptions {
  readonly language: Language;
  readonly base: string;
  readonly words: DiagramWords;
}

/**
 * Where each node leads: to the lines it stands for on the page of the stage's code. A part that is
 * gone leads to the code of the stage before.
 *
 * @example nodeLinks(graph, stage, before, options).get('store')?.href // '/code/02-file-db/#models/todos.ts-L1'
 */
export function nodeLinks(
  graph: UnitedGraph,
  stage: Stage,
  before: Stage | undefined,
  { language, base, words }: LinkOptions,
): ReadonlyMap<string, NodeLink> {
  const links = new Map<string, NodeLink>();
  for (const node of graph.nodes) {
    const owner = node.state === 'removed' ? before : stage;
    const code = owner?.diagram[node.id];
    if (!owner || !code || node.group) continue;
    const { file, region } = code;
    const { line } = readSource(owner, file, region);
    const note =
      node.state === undefined || node.state === 'kept'
        ? ''
        : fill(words.brackets, { text: words.states[node.state] });
    links.set(node.id, {
      href: `${pageLink(codePage(owner.id), language, base)}#${lineAnchor(file, line)}`,
      name: fill(words.open, { label: labelOf(node) + note, file }),
      anchor: blockAnchor(owner.id, file, region),
    });
  }
  return links;
}
