import { describe, expect, test } from 'vitest';
import { parseDiagram } from './parse.ts';

const FILE = 'stages/09-x/diagram.mmd';

describe('a flowchart', () => {
  test('becomes nodes with shapes, lines of label and groups', async () => {
    const graph = await parseDiagram(
      `flowchart LR
  browser([Browser])
  subgraph machine [One machine]
    subgraph process [Node.js]
      express["Express<br>port 3001"] --> store[(memory)]
    end
  end
  browser --> express`,
      FILE,
    );
    expect(graph.direction).toBe('right');
    expect(graph.nodes).toEqual([
      { id: 'machine', label: ['One machine'], shape: 'rectangle', group: true },
      { id: 'process', label: ['Node.js'], shape: 'rectangle', group: true, parent: 'machine' },
      { id: 'browser', label: ['Browser'], shape: 'stadium', group: false },
      {
        id: 'express',
        label: ['Express', 'port 3001'],
        shape: 'rectangle',
        group: false,
        parent: 'process',
      },
      { id: 'store', label: ['memory'], shape: 'cylinder', group: false, parent: 'process' },
    ]);
  });

  test('keeps labels, heads and dashes of edges', async () => {
    const { edges } = await parseDiagram(
      `flowchart TB
  a -->|HTTP| b
  a -.-> b
  b --- c
  b <--> c`,
      FILE,
    );
    expect(edges).toEqual([
      { id: 'a--b', from: 'a', to: 'b', label: 'HTTP', dashed: false, heads: 'end' },
      { id: 'a--b--2', from: 'a', to: 'b', label: '', dashed: true, heads: 'end' },
      { id: 'b--c', from: 'b', to: 'c', label: '', dashed: false, heads: 'none' },
      { id: 'b--c--2', from: 'b', to: 'c', label: '', dashed: false, heads: 'both' },
    ]);
  });

  test('gives labels as the text that they show', async () => {
    const { nodes, edges } = await parseDiagram('flowchart LR\n  a[x < y] -->|Q&A| b', FILE);
    expect(nodes[0]?.label).toEqual(['x < y']);
    expect(edges[0]?.label).toBe('Q&A');
  });

  test('leaves no window behind in the build', async () => {
    await parseDiagram('flowchart LR\n  a --> b', FILE);
    expect(typeof window).toBe('undefined');
  });
});

describe('a mistake is named with file and line', () => {
  test.each([
    ['a label that is not closed', 'flowchart LR\n  a --> b[Open', 2],
    ['below a comment', 'flowchart LR\n  %% says nothing\n  a --> b\n  b --> c[Open', 4],
    ['below empty lines', '\n\nflowchart LR\n  a --> b[Open', 4],
  ])('%s', async (_, text, line) => {
    const found = text.split('\n')[line - 1]?.trim();
    await expect(parseDiagram(text, FILE)).rejects.toMatchObject({
      code: 'E_DIAGRAM_SYNTAX',
      message: expect.stringMatching(
        new RegExp(`^${FILE}:${line}: expected .*'PE'.*; found "${found?.replace('[', '\\[')}"`),
      ),
    });
  });

  test('a shape that is not drawn', async () => {
    const text = 'flowchart LR\n  a --> b\n  b{Or}';
    await expect(parseDiagram(text, FILE)).rejects.toMatchObject({
      code: 'E_DIAGRAM_SHAPE',
      message: expect.stringContaining(`${FILE}:2: node "b" has the shape "diamond"`),
    });
  });

  test('another kind of diagram', async () => {
    await expect(parseDiagram('sequenceDiagram\n  A->>B: hi', FILE)).rejects.toMatchObject({
      code: 'E_DIAGRAM_KIND',
      message: `${FILE}:1: expected "flowchart LR" or "flowchart TB", found "sequenceDiagram".`,
    });
  });

  test('a direction that is not drawn', async () => {
    await expect(parseDiagram('flowchart RL\n  a --> b', FILE)).rejects.toMatchObject({
      code: 'E_DIAGRAM_KIND',
    });
  });

  test('no diagram at all', async () => {
    await expect(parseDiagram('', FILE)).rejects.toMatchObject({
      code: 'E_DIAGRAM_SYNTAX',
      message: expect.stringContaining(`${FILE}:1:`),
    });
  });
});
