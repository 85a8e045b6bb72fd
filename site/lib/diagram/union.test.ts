import { expect, test } from 'vitest';
import type { DiagramEdge, DiagramNode, Graph } from './graph.ts';
import { uniteGraphs } from './union.ts';

const node = (id: string, more: Partial<DiagramNode> = {}): DiagramNode => ({
  id,
  label: [id],
  shape: 'rectangle',
  group: false,
  ...more,
});
const edge = (from: string, to: string, more: Partial<DiagramEdge> = {}): DiagramEdge => ({
  id: `${from}--${to}`,
  from,
  to,
  label: '',
  dashed: false,
  heads: 'end',
  ...more,
});
const graph = (nodes: DiagramNode[], edges: DiagramEdge[] = []): Graph => ({
  direction: 'right',
  nodes,
  edges,
});
const states = (parts: readonly { id: string; state?: string }[]) =>
  Object.fromEntries(parts.map(({ id, state }) => [id, state]));

test('marks what is kept, added, removed and changed', () => {
  const before = graph(
    [node('app'), node('store', { label: ['memory'] }), node('old')],
    [edge('app', 'store'), edge('app', 'old')],
  );
  const after = graph(
    [node('app'), node('store', { label: ['db.json'] }), node('new')],
    [edge('app', 'store', { label: 'write' }), edge('app', 'new')],
  );
  const union = uniteGraphs(before, after);
  expect(states(union.nodes)).toEqual({
    app: 'kept',
    store: 'changed',
    new: 'added',
    old: 'removed',
  });
  expect(states(union.edges)).toEqual({
    'app--store': 'changed',
    'app--new': 'added',
    'app--old': 'removed',
  });
  expect(union.nodes.find(({ id }) => id === 'store')).toMatchObject({
    label: ['db.json'],
    was: { label: ['memory'] },
  });
});

test('a part that moved into another group changed', () => {
  const before = graph([node('machine', { group: true }), node('db', { parent: 'machine' })]);
  const after = graph([node('machine', { group: true }), node('db')]);
  expect(states(uniteGraphs(before, after).nodes)).toEqual({ machine: 'kept', db: 'changed' });
});

test('a group that is gone still comes before its members', () => {
  const before = graph([node('host', { group: true }), node('db', { parent: 'host' })]);
  const after = graph([node('app')]);
  expect(uniteGraphs(before, after).nodes.map(({ id }) => id)).toEqual(['host', 'app', 'db']);
});

test('equal graphs differ in nothing', () => {
  const same = graph([node('a'), node('b')], [edge('a', 'b')]);
  const union = uniteGraphs(same, structuredClone(same));
  expect([...union.nodes, ...union.edges].every(({ state }) => state === 'kept')).toBe(true);
});
