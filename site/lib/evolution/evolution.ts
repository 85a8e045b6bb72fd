import type { Stage } from '../../../scripts/stages/catalogue.ts';
import { escapeHtml } from '../code/escape.ts';
import type { Direction } from '../diagram/graph.ts';
import { LINE_HEIGHT, layoutGraph } from '../diagram/layout.ts';
import type { Layout, PlacedEdge, PlacedNode } from '../diagram/layout.ts';
import { head, labelShift, outline, round, route } from '../diagram/shapes.ts';
import { readStageGraph } from '../diagram/stage-graph.ts';
import { translateGraph } from '../diagram/translate.ts';
import type { Language } from '../languages.ts';
import { collapse } from './collapse.ts';

interface Step {
  readonly number: number;
  readonly layout: Layout;
  readonly frames: ReadonlySet<string>;
}

/**
 * All stages as one SVG. A part has a place for each step (`--x3`, `--y3`) and style sheets move it there; what
 * is not in a step has `--o3: 0`. Arrows do not bend: each step has its own, `.arrows.at-3`.
 *
 * @example (await drawEvolution(stages, 'right', 'en')).svg
 */
export async function drawEvolution(
  stages: readonly Stage[],
  direction: Direction,
  language: Language,
): Promise<{ readonly svg: string; readonly width: number; readonly height: number }> {
  const steps = await Promise.all(
    stages.map(async (stage): Promise<Step> => {
      const picture = collapse(translateGraph(await readStageGraph(stage), language));
      const frames = new Set(picture.nodes.flatMap(({ id, frame }) => (frame ? [id] : [])));
      return { number: stage.number, layout: await layoutGraph(picture, direction), frames };
    }),
  );
  const width = Math.max(...steps.map(({ layout }) => layout.width));
  const height = Math.max(...steps.map(({ layout }) => layout.height));
  const centred = steps.map((step) => ({
    ...step,
    layout: moved(step.layout, (width - step.layout.width) / 2, (height - step.layout.height) / 2),
  }));
  const ids = new Set(centred.flatMap(({ layout }) => layout.nodes.map(({ id }) => id)));
  const svg = [
    `<svg class="diagram" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">`,
    ...centred.map(drawGroups),
    ...centred.map(drawArrows),
    ...[...ids].map((id) => drawPart(id, centred)),
    '</svg>',
  ].join('');
  return { svg, width, height };
}

function drawPart(id: string, steps: readonly Step[]): string {
  let last: PlacedNode | undefined;
  const first = steps.map(({ layout }) => nodeOf(layout, id)).find((node) => node !== undefined);
  const places = steps.map(({ number, layout }) => {
    const node = nodeOf(layout, id);
    // What has gone stays where it was, and what is to come waits where it will be.
    last = node ?? last ?? first;
    const { x = 0, y = 0 } = last?.box ?? {};
    return `--x${number}:${round(x)}px;--y${number}:${round(y)}px;--o${number}:${node ? 1 : 0}`;
  });
  const looks = new Map<string, number[]>();
  for (const { number, layout, frames } of steps) {
    const node = nodeOf(layout, id);
    if (!node || node.group) continue;
    const look = drawLook(node, frames.has(id));
    looks.set(look, [...(looks.get(look) ?? []), number]);
  }
  if (looks.size === 0) return '';
  const drawn = [...looks].map(
    ([look, numbers]) =>
      `<g class="look ${numbers.map((each) => `at-${each}`).join(' ')}">${look}</g>`,
  );
  return `<g class="part" data-node="${escapeHtml(id)}" style="${places.join(';')}">${drawn.join('')}</g>`;
}

function drawLook({ box, shape, label }: PlacedNode, frame: boolean): string {
  const middle = box.height / 2 + labelShift(shape) - ((label.length - 1) * LINE_HEIGHT) / 2;
  const lines = label.map(
    (line, index) =>
      `<text x="${round(box.width / 2)}" y="${round(middle + index * LINE_HEIGHT)}">${escapeHtml(line)}</text>`,
  );
  const shapes = outline(shape, round(box.width), round(box.height));
  return `<g class="${frame ? 'node frame-part' : 'node'}">${shapes}${lines.join('')}</g>`;
}

function drawGroups({ number, layout }: Step): string {
  const groups = layout.nodes.filter(({ group }) => group);
  if (groups.length === 0) return '';
  const drawn = groups.map(
    ({ box, label }) =>
      `<g class="group" transform="translate(${round(box.x)} ${round(box.y)})">` +
      `<rect width="${round(box.width)}" height="${round(box.height)}" rx="12"/>` +
      `<text x="14" y="24">${escapeHtml(label.join(' '))}</text></g>`,
  );
  return `<g class="arrows at-${number}">${drawn.join('')}</g>`;
}

function drawArrows({ number, layout }: Step): string {
  const arrows = layout.edges.map((edge) => {
    const tip = edge.points.at(-1);
    const before = edge.points.at(-2);
    const heads = edge.heads !== 'none' && tip && before ? head(tip, before) : '';
    return (
      `<g class="edge${edge.dashed ? ' dashed' : ''}"><path d="${route(edge.points, edge.heads)}"/>` +
      `${heads && `<path class="head" d="${heads}"/>`}</g>`
    );
  });
  return `<g class="arrows at-${number}">${arrows.join('')}</g>`;
}

function nodeOf(layout: Layout, id: string): PlacedNode | undefined {
  return layout.nodes.find((node) => node.id === id);
}

function moved(layout: Layout, dx: number, dy: number): Layout {
  const at = <Point extends { readonly x: number; readonly y: number }>(point: Point): Point => ({
    ...point,
    x: point.x + dx,
    y: point.y + dy,
  });
  return {
    ...layout,
    nodes: layout.nodes.map((node) => ({ ...node, box: at(node.box) })),
    edges: layout.edges.map((edge): PlacedEdge => ({ ...edge, points: edge.points.map(at) })),
  };
}
