import type { Drawn } from './stage-map.ts';

/** A part's place in the drawing. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the page's own diagram says, and where its parts are. */
export interface ReadDrawing extends Drawn {
  readonly boxes: ReadonlyMap<string, Box>;
  /** Node -> the line of its file where it begins. */
  readonly lines: ReadonlyMap<string, number>;
  readonly labels: ReadonlyMap<string, string>;
  /** The boxes that are drawn around what is one instance each. */
  readonly groups: readonly string[];
}

/**
 * Reads parts, arrows and the code they stand for from the SVG that the page shows.
 *
 * @example readDrawing(svg).files.get('store') // 'models/todo-store.ts'
 */
export function readDrawing(svg: SVGSVGElement): ReadDrawing {
  const boxes = new Map<string, Box>();
  const labels = new Map<string, string>();
  const files = new Map<string, string>();
  const lines = new Map<string, number>();
  const parts = [...svg.querySelectorAll<SVGGraphicsElement>('[data-node]')].filter(
    (part) => !part.classList.contains('removed'),
  );
  for (const part of parts) {
    const id = part.dataset['node'] ?? '';
    boxes.set(id, boxOf(part));
    const texts = [...part.querySelectorAll(':scope > text')].map((text) => text.textContent);
    labels.set(id, texts.join(' '));
    // `/code/01-all-in-one/#app.ts-L12`: the page of the stage's code.
    const page = part.dataset['page'] ?? part.getAttribute('href') ?? '';
    const code = /#(.+)-L(\d+)$/.exec(page);
    if (code?.[1] === undefined) continue;
    files.set(id, decodeURIComponent(code[1]));
    lines.set(id, Number(code[2]));
  }
  const groups = parts.filter((part) => part.classList.contains('group')).map(idOf);
  const nodes = parts.filter((part) => part.classList.contains('node')).map(idOf);
  const inside = nodes.filter((node) =>
    groups.some((group) => contains(boxes.get(group), boxes.get(node))),
  );
  const edges = [...svg.querySelectorAll<SVGGElement>('.edge:not(.removed)')].map((edge) => ({
    from: edge.dataset['from'] ?? '',
    to: edge.dataset['to'] ?? '',
  }));
  return {
    nodes,
    edges,
    inside: new Set(inside),
    files,
    ...{ boxes, lines, labels, groups },
  };
}

/**
 * The box that a part is drawn in, the innermost of several.
 *
 * @example groupOf(drawing, 'ruleAdapter') // 'instance'
 */
export function groupOf(
  { groups, boxes }: Pick<ReadDrawing, 'groups' | 'boxes'>,
  node: string,
): string | undefined {
  const widthOf = (group: string): number => boxes.get(group)?.width ?? 0;
  const around = groups.filter((group) => contains(boxes.get(group), boxes.get(node)));
  return around.toSorted((a, b) => widthOf(a) - widthOf(b))[0];
}

function idOf(part: SVGGraphicsElement): string {
  return part.dataset['node'] ?? '';
}

function boxOf(part: SVGGraphicsElement): Box {
  const [x = 0, y = 0] = (part.getAttribute('transform') ?? '').match(/-?[\d.]+/g) ?? [];
  // The outline is the first child; getBBox would need it to be laid out already.
  const outline = part.querySelector(':scope > rect, :scope > path');
  const [width, height] =
    outline instanceof SVGRectElement
      ? [outline.width.baseVal.value, outline.height.baseVal.value]
      : sizeOf(outline?.getAttribute('d') ?? '');
  return { x: Number(x), y: Number(y), width, height };
}

/** The extent of a path that begins at its left or top edge: the largest of its numbers, by axis. */
function sizeOf(path: string): [number, number] {
  const commands = path.matchAll(/([MLHVA])([^MLHVAZ]*)/g);
  let width = 0;
  let height = 0;
  for (const [, command, text = ''] of commands) {
    const numbers = (text.match(/-?[\d.]+/g) ?? []).map(Number);
    if (command === 'H') width = Math.max(width, ...numbers);
    else if (command === 'V') height = Math.max(height, ...numbers);
    else {
      const [x = 0, y = 0] = numbers.slice(-2);
      width = Math.max(width, x);
      height = Math.max(height, y);
    }
  }
  return [width, height];
}

function contains(outer: Box | undefined, inner: Box | undefined): boolean {
  if (!outer || !inner) return false;
  const x = inner.x + inner.width / 2;
  const y = inner.y + inner.height / 2;
  return x > outer.x && x < outer.x + outer.width && y > outer.y && y < outer.y + outer.height;
}
