import type { Shape } from './graph.ts';
import type { Point } from './layout.ts';

const CORNER = 8;
const HEAD = 8;
const LID = 7;

/**
 * The outline of a node with its top left at 0 0, as one SVG element.
 *
 * @example outline('stadium', 100, 43) // '<rect width="100" height="43" rx="21.5"/>'
 */
export function outline(shape: Shape, width: number, height: number): string {
  const path = (d: string) => `<path d="${d}"/>`;
  switch (shape) {
    case 'rectangle':
      return `<rect width="${width}" height="${height}" rx="4"/>`;
    case 'rounded':
      return `<rect width="${width}" height="${height}" rx="12"/>`;
    case 'stadium':
      return `<rect width="${width}" height="${height}" rx="${round(height / 2)}"/>`;
    case 'subroutine':
      return path(`M0 0H${width}V${height}H0ZM7 0V${height}M${width - 7} 0V${height}`);
    case 'slanted':
      return path(`M12 0H${width}L${width - 12} ${height}H0Z`);
    case 'hexagon':
      return path(
        `M14 0H${width - 14}L${width} ${round(height / 2)}L${width - 14} ${height}H14L0 ${round(height / 2)}Z`,
      );
    case 'cylinder': {
      const arc = `A${round(width / 2)} ${LID} 0 0 1`;
      const bottom = height - LID;
      // The lid's lower edge runs as the outline does, or it would cut a hole into the filling.
      return path(
        `M0 ${LID}${arc} ${width} ${LID}V${bottom}${arc} 0 ${bottom}Z` +
          `M${width} ${LID}${arc} 0 ${LID}`,
      );
    }
  }
}

/** How far below the middle the label stands: the lid of a cylinder pushes it down. */
export function labelShift(shape: Shape): number {
  return shape === 'cylinder' ? LID : 0;
}

/**
 * A line through points with round corners; it ends where an arrowhead begins.
 *
 * @example route([{ x: 0, y: 0 }, { x: 40, y: 0 }], 'end') // 'M0 0H33'
 */
export function route(points: readonly Point[], heads: 'none' | 'end' | 'both'): string {
  const ends = [...points];
  if (heads !== 'none') shorten(ends, -1);
  if (heads === 'both') shorten(ends, 0);
  const corners = bends(ends.map(whole));
  let path = '';
  let pen: Point = { x: 0, y: 0 };
  corners.forEach((point, index) => {
    const before = corners[index - 1];
    const after = corners[index + 1];
    if (!before) path += `M${at(point)}`;
    else if (!after) path += line(pen, point);
    else {
      const enter = whole(towards(point, before, CORNER));
      const leave = whole(towards(point, after, CORNER));
      path += `${line(pen, enter)}q${by(enter, point)} ${by(enter, leave)}`;
      pen = leave;
      return;
    }
    pen = point;
  });
  return path;
}

/** A filled arrowhead with its tip at `tip`, coming from `from`. */
export function head(tip: Point, from: Point): string {
  const back = towards(tip, from, HEAD);
  const across = { x: (back.y - tip.y) / 2, y: (tip.x - back.x) / 2 };
  const left = { x: back.x + across.x, y: back.y + across.y };
  const right = { x: back.x - across.x, y: back.y - across.y };
  return `M${at(tip)}l${by(whole(tip), whole(left))} ${by(whole(left), whole(right))}Z`;
}

/** Whole pixels: finer digits are bytes that nobody sees, and every page carries several drawings. */
export function round(value: number): number {
  return Math.round(value);
}

function shorten(points: Point[], end: 0 | -1): void {
  const tip = points.at(end);
  const from = points.at(end === 0 ? 1 : -2);
  if (tip && from) points.splice(end, 1, towards(tip, from, HEAD - 1));
}

/** The point `distance` from `start` on the way to `end`, but not beyond the middle. */
function towards(start: Point, end: Point, distance: number): Point {
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  const share = length === 0 ? 0 : Math.min(distance / length, 0.5);
  return { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share };
}

/** Without the points that lie on the way between their neighbours. */
function bends(points: readonly Point[]): readonly Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before || !after) return true;
    return (
      (point.x - before.x) * (after.y - point.y) !== (point.y - before.y) * (after.x - point.x)
    );
  });
}

function line(from: Point, to: Point): string {
  if (from.x === to.x) return from.y === to.y ? '' : `V${to.y}`;
  return from.y === to.y ? `H${to.x}` : `L${at(to)}`;
}

function whole({ x, y }: Point): Point {
  return { x: round(x), y: round(y) };
}

/** The way from one point to another, as relative commands of a path take it. */
function by(from: Point, to: Point): string {
  return `${to.x - from.x} ${to.y - from.y}`;
}

function at(point: Point): string {
  return `${round(point.x)} ${round(point.y)}`;
}
