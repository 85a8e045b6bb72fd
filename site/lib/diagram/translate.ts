import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryRoot } from '../../../scripts/stages/root.ts';
import type { Language } from '../languages.ts';
import type { DiagramEdge, DiagramNode, Graph, United, UnitedGraph } from './graph.ts';

/** The Chinese of the words, by the label as it stands in the diagram's file. */
export const TRANSLATION = 'site/content/diagrams.zh-CN.yaml';

const CHINESE = z
  .record(z.string(), z.string().min(1))
  .parse(parse(readFileSync(join(repositoryRoot(), TRANSLATION), 'utf8')));

/** Names: of products, of code, of commands. */
const NAMES = new Set([
  ...['Express', 'CDN', 'Bucket', 'Tablestore', 'Tablestore SDK', 'lowdb', 'scrypt', 'HTTP'],
  ...['Deployment', 'Service', 'Pod', 'kubelet', 'kubectl', 'apply', 'docker run'],
  ...['Dockerfile', 'app', 'public', 'controllers', 'currentUser', 'gateway', 'forward'],
  ...['myapp', 'rule'],
]);
/** Parts the lines of a label, as in the diagram's file. */
const BREAK = '<br>';
const FILE = /\.\w+$|^[a-z]+-[a-z]+$/;

/**
 * A graph with its words in a language; names stay as they are.
 *
 * @example translateGraph(graph, 'zh-CN').nodes[0]?.label // ['浏览器']
 */
export function translateGraph(graph: UnitedGraph, language: Language): UnitedGraph {
  if (language === 'en') return graph;
  return {
    ...graph,
    nodes: graph.nodes.map((node) => withWas(node, translateNode)),
    edges: graph.edges.map((edge) => withWas(edge, translateEdge)),
  };
}

/**
 * Labels of a graph that are neither translated nor names.
 *
 * @example untranslated(graph) // []
 */
export function untranslated(graph: Graph): string[] {
  return labelsOf(graph).filter(
    (label) => !Object.hasOwn(CHINESE, label) && !NAMES.has(label) && !FILE.test(label),
  );
}

/**
 * Translated words that none of these graphs says.
 *
 * @example unused(graphs) // []
 */
export function unused(graphs: readonly Graph[]): string[] {
  const said = new Set(graphs.flatMap(labelsOf));
  return Object.keys(CHINESE).filter((label) => !said.has(label));
}

function labelsOf({ nodes, edges }: Graph): string[] {
  const labels = [
    ...nodes.map(({ label }) => label.join(BREAK)),
    ...edges.map(({ label }) => label),
  ];
  return labels.filter((label) => label !== '');
}

function withWas<Part>(part: United<Part>, inChinese: (part: Part) => Part): United<Part> {
  return {
    ...part,
    ...inChinese(part),
    ...(part.was !== undefined && { was: inChinese(part.was) }),
  };
}

function translateNode(node: DiagramNode): DiagramNode {
  return { ...node, label: translate(node.label.join(BREAK)).split(BREAK) };
}

function translateEdge(edge: DiagramEdge): DiagramEdge {
  return { ...edge, label: translate(edge.label) };
}

function translate(label: string): string {
  return CHINESE[label] ?? label;
}
