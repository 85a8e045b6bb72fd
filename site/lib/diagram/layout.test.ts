import { expect, test } from 'vitest';
import type { Graph } from './graph.ts';
import { type Box, layoutGraph, layoutNarrow } from './layout.ts';
import { textWidth } from './text-width.ts';

const graph: Graph = {
  direction: 'right',
  nodes: [
    { id: 'machine', label: ['A machine with a long name'], shape: 'rectangle', group: true },
    { id: 'browser', label: ['浏览器 Browser'], shape: 'stadium', group: false },
    {
      id: 'app',
      label: ['Express', 'listens on 3001'],
      shape: 'rectangle',
      group: false,
      parent: 'machine',
    },
    { id: 'store', label: ['db.json'], shape: 'cylinder', group: false, parent: 'machine' },
  ],
  edges: [
    { id: 'browser--app', from: 'browser', to: 'app', label: 'HTTP', dashed: false, heads: 'end' },
    { id: 'app--store', from: 'app', to: 'store', label: '', dashed: false, heads: 'end' },
  ],
};

const inside = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test.each([
  ['right', () => layoutGraph(graph, 'right')],
  ['down', () => layoutGraph(graph, 'down')],
  ['narrow', () => layoutNarrow(graph, 100)],
] as const)('%s: all fits, nothing overlaps', async (_, place) => {
  const layout = await place();
  const box = (id: string) => {
    const node = layout.nodes.find((each) => each.id === id);
    if (!node) throw new Error(`no node ${id}`);
    return node.box;
  };
  const canvas = { x: 0, y: 0, width: layout.width, height: layout.height };
  expect(layout.nodes.every((node) => inside(node.box, canvas))).toBe(true);
  expect(inside(box('app'), box('machine'))).toBe(true);
  expect(inside(box('store'), box('machine'))).toBe(true);
  expect(overlap(box('app'), box('store'))).toBe(false);
  expect(overlap(box('browser'), box('machine'))).toBe(false);
  for (const edge of layout.edges) {
    expect(edge.points.length).toBeGreaterThanOrEqual(2);
    for (const point of edge.points) {
      expect(inside({ ...point, width: 0, height: 0 }, canvas)).toBe(true);
    }
  }
});

test('every label has room within its shape', async () => {
  const { nodes } = await layoutGraph(graph);
  for (const { label, box, group } of nodes) {
    for (const line of label) expect(box.width).toBeGreaterThan(textWidth(line, group ? 13 : 14));
  }
});

test('a label stands beside the middle of its edge', async () => {
  const { edges } = await layoutGraph(graph);
  const [labelled, plain] = edges;
  expect(labelled?.labelAt).toBeDefined();
  expect(plain?.labelAt).toBeUndefined();
});

test('to the right is wider, down is taller', async () => {
  const right = await layoutGraph(graph);
  const down = await layoutGraph(graph, 'down');
  expect(right.width).toBeGreaterThan(down.width);
  expect(down.height).toBeGreaterThan(right.height);
});

test('a line across the border of a group does not lean', async () => {
  const { edges } = await layoutGraph(graph, 'down');
  for (const { points } of edges) {
    points.slice(1).forEach((point, index) => {
      const before = points[index];
      expect(before && (before.x === point.x || before.y === point.y)).toBe(true);
    });
  }
});
