import { expect, it } from 'vitest';
import { parseDiagram } from '../diagram/parse.ts';
import { readStages } from '../../../scripts/stages/catalogue.ts';
import { collapse } from './collapse.ts';
import { drawEvolution } from './evolution.ts';

it('makes one box of a group, and one arrow of those that enter it', async () => {
  const graph = await parseDiagram(
    `flowchart LR
      a([Browser])
      subgraph outer [Plane]
        subgraph inner [Pod]
          b[index.ts]
          c[app]
        end
        s{{Service}}
      end
      a -->|HTTP| b
      a -.-> c
      b --> c
      c --> s`,
    'test.mmd',
  );
  const { nodes, edges } = collapse(graph);
  expect(nodes.map(({ id, group, frame }) => [id, group, frame])).toEqual([
    ['outer', true, false],
    ['inner', false, true],
    ['a', false, false],
    ['s', false, false],
  ]);
  expect(edges.map(({ id, dashed }) => [id, dashed])).toEqual([
    ['a--inner', false],
    ['inner--s', false],
  ]);
});

it('gives each part a place in each step, and shows it where it is', async () => {
  const stages = readStages().slice(0, 3);
  const { svg } = await drawEvolution(stages, 'right', 'en');
  const disk = /data-node="disk" style="([^"]*)"/.exec(svg)?.[1] ?? '';
  expect(disk).toMatch(/--o1:0;/);
  expect(disk).toMatch(/--o2:1;/);
  for (const number of [1, 2, 3]) expect(disk).toContain(`--x${number}:`);
  expect(svg).toContain('class="arrows at-3"');
  expect(svg.match(/data-node="browser"/g)).toHaveLength(1);
  // One look for the table of stage 3, another for the file of stage 2.
  expect(svg).toMatch(/look at-2">.*?db\.json.*?look at-3">.*?Tablestore/);
});
