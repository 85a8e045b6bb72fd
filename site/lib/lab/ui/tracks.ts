import type { ReadDrawing } from './drawing.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points on each arrow: asking the path for its length in every frame is slow. */
const POINTS = 24;

/**
 * Where a dot between two parts is: on the arrow between them, in either direction, or on a straight
 * line when there is none. It begins and ends in the middle of a part, where the part hides it.
 *
 * @example createTracks(svg, readDrawing(svg))('browser', 'server', 0.5) // { x: 120, y: 60 }
 */
export function createTracks(
  svg: SVGSVGElement,
  drawing: ReadDrawing,
): (from: string, to: string, progress: number) => Point {
  const tracks = new Map<string, readonly Point[]>();

  function middle(node: string): Point {
    const box = drawing.boxes.get(node);
    return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : { x: 0, y: 0 };
  }

  function along(from: string, to: string): readonly Point[] {
    const arrow = (a: string, b: string) =>
      svg.querySelector<SVGPathElement>(
        `.edge[data-from="${CSS.escape(a)}"][data-to="${CSS.escape(b)}"] > path`,
      );
    const forward = arrow(from, to);
    const path = forward ?? arrow(to, from);
    if (!path) return [];
    const length = path.getTotalLength();
    const points = Array.from({ length: POINTS }, (_, index) => {
      const { x, y } = path.getPointAtLength((length * index) / (POINTS - 1));
      return { x, y };
    });
    return forward ? points : points.toReversed();
  }

  return (from, to, progress) => {
    const key = `${from}>${to}`;
    const track = tracks.get(key) ?? [middle(from), ...along(from, to), middle(to)];
    tracks.set(key, track);
    const at = Math.max(0, Math.min(1, progress)) * (track.length - 1);
    const before = track[Math.floor(at)] ?? { x: 0, y: 0 };
    const after = track[Math.ceil(at)] ?? before;
    const share = at - Math.floor(at);
    return {
      x: before.x + (after.x - before.x) * share,
      y: before.y + (after.y - before.y) * share,
    };
  };
}
