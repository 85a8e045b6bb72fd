import { expect, test } from 'vitest';
import { readStages } from '../../../scripts/stages/catalogue.ts';
import { parseDiagram } from './parse.ts';
import { readStageGraph } from './stage-graph.ts';
import { translateGraph, untranslated, unused } from './translate.ts';
import { uniteGraphs } from './union.ts';

const GRAPH = `flowchart LR
  browser([Browser]) -->|a free pod| app[page<br>and files]
  app --> store[todo-store]`;

test('words are translated line by line, names and identities stay', async () => {
  const graph = await parseDiagram(GRAPH, 'a.mmd');
  const { nodes, edges } = translateGraph(graph, 'zh-CN');
  expect(nodes.map(({ label }) => label)).toEqual([['浏览器'], ['页面', '和文件'], ['todo-store']]);
  expect(edges.map(({ label }) => label)).toEqual(['有空的 Pod', '']);
  expect(nodes.map(({ id }) => id)).toEqual(graph.nodes.map(({ id }) => id));
  expect(translateGraph(graph, 'en')).toBe(graph);
});

test('what stood there before is translated, too', async () => {
  const before = await parseDiagram('flowchart LR\n  a[memory] --> b[app]', 'before.mmd');
  const after = await parseDiagram('flowchart LR\n  a[image] --> b[app]', 'after.mmd');
  const [node] = translateGraph(uniteGraphs(before, after), 'zh-CN').nodes;
  expect(node?.label).toEqual(['镜像']);
  expect(node?.was?.label).toEqual(['内存']);
});

test('a label that nobody has translated is told', async () => {
  const graph = await parseDiagram('flowchart LR\n  a[lost words] -->|HTTP| b[app.ts]', 'a.mmd');
  expect(untranslated(graph)).toEqual(['lost words']);
});

test.each(readStages())('every word in the diagram of $id has its Chinese', async (stage) => {
  expect(untranslated(await readStageGraph(stage))).toEqual([]);
});

test('every translated word is said by a diagram', async () => {
  expect(unused(await Promise.all(readStages().map(readStageGraph)))).toEqual([]);
  expect(unused([])).toContain('Browser');
});
