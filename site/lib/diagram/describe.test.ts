import { expect, test } from 'vitest';
import { describeGraph, listChanges } from './describe.ts';
import { parseDiagram } from './parse.ts';
import { uniteGraphs } from './union.ts';
import { diagramWords } from './words.ts';

const before = await parseDiagram(
  `flowchart LR
  browser([Browser]) -->|HTTP| app[Express]
  subgraph machine [Machine]
    app --> store[(memory)]
  end
  app --> log[log]`,
  'a.mmd',
);
const after = await parseDiagram(
  `flowchart LR
  browser([Browser]) -.->|HTTP| app[Express]
  subgraph machine [Machine]
    app --> store[(db.json)]
  end
  app <--> cache[cache]`,
  'b.mmd',
);

test('every arrow and every place is a sentence', () => {
  expect(describeGraph(after, diagramWords('en'))).toEqual([
    'Browser → Express: HTTP',
    'Express → db.json',
    'Express ↔ cache',
    'Express is inside Machine.',
    'db.json is inside Machine.',
  ]);
});

test('in Chinese the punctuation is Chinese', () => {
  expect(describeGraph(after, diagramWords('zh-CN'))).toContain('Browser → Express：HTTP');
  expect(describeGraph(after, diagramWords('zh-CN'))).toContain('db.json 位于 Machine 之内。');
});

test('changes are listed by state; arrows of new and gone parts go without saying', () => {
  const union = uniteGraphs(before, after);
  expect(listChanges(union, diagramWords('en'))).toEqual({
    added: ['cache'],
    removed: ['log'],
    changed: ['db.json (was memory)', 'Browser → Express'],
  });
  expect(listChanges(union, diagramWords('zh-CN')).changed[0]).toBe('db.json（原为 memory）');
});
