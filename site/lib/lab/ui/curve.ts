import type { PlatformEvent } from '../../../../scripts/cloud/shared/events.ts';

/** What the autoscaler saw and decided in one tick. */
export type Tick = Extract<PlatformEvent, { type: 'autoscaled' }>;

/** How far back a curve is shown, in milliseconds of platform time: twice the long window. */
export const SHOWN_MS = 120_000;

/** Two plots over one axis of time: requests above, pods below. */
export interface Curve {
  /** Averages of both windows, and what the ready pods are meant to carry. */
  readonly stable: string;
  readonly panic: string;
  readonly capacity: string;
  /** Pods that are ready as an area, and how many there are to be. */
  readonly ready: string;
  readonly desired: string;
  /** Where it panics: starts and widths. */
  readonly panics: readonly { readonly x: number; readonly width: number }[];
  /** The top of each plot. */
  readonly mostRequests: number;
  readonly mostPods: number;
}

/** Where the plots are, in units of the drawing. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly requests: { readonly top: number; readonly bottom: number };
  readonly pods: { readonly top: number; readonly bottom: number };
}

/**
 * Draws a revision's ticks as paths; the newest is at the right edge.
 *
 * @example drawCurve(ticks, frame).stable // 'M 40 120 L 47.5 118 …'
 */
export function drawCurve(ticks: readonly Tick[], frame: Frame): Curve {
  const end = ticks.at(-1)?.at ?? 0;
  const shown = ticks.filter(({ at }) => end - at <= SHOWN_MS);
  const mostRequests = ceiling(
    Math.max(1, ...shown.flatMap(({ stable, panic, target }) => [stable, panic, target])),
  );
  const mostPods = Math.max(2, ...shown.flatMap(({ ready, desired }) => [ready, desired]));
  const x = (at: number): number =>
    frame.right - ((end - at) / SHOWN_MS) * (frame.right - frame.left);
  const y = (value: number, { top, bottom }: Frame['pods'], most: number): number =>
    bottom - (Math.min(value, most) / most) * (bottom - top);
  const line = (value: (tick: Tick) => number): string =>
    pathOf(shown.map((tick) => [x(tick.at), y(value(tick), frame.requests, mostRequests)]));
  const steps = (value: (tick: Tick) => number): [number, number][] =>
    shown.flatMap((tick, index) => {
      const height = y(value(tick), frame.pods, mostPods);
      const next = shown[index + 1]?.at ?? tick.at;
      return [
        [x(tick.at), height],
        [x(next), height],
      ];
    });
  const ready = steps((tick) => tick.ready);
  const [first, last] = [ready[0]?.[0], ready.at(-1)?.[0]];
  const isArea = first !== undefined && last !== undefined;
  return {
    stable: line((tick) => tick.stable),
    panic: line((tick) => tick.panic),
    capacity: line((tick) => tick.ready * tick.target),
    ready: isArea
      ? `${pathOf([[first, frame.pods.bottom], ...ready, [last, frame.pods.bottom]])} Z`
      : '',
    desired: pathOf(steps((tick) => tick.desired)),
    panics: shown.flatMap((tick, index) => {
      const before = shown[index - 1];
      if (!tick.isPanic || !before) return [];
      return [{ x: x(before.at), width: x(tick.at) - x(before.at) }];
    }),
    ...{ mostRequests, mostPods },
  };
}

/** How many pods an average asks for. */
export function podsFor(average: number, target: number): number {
  return target > 0 ? Math.ceil(average / target) : 0;
}

/** One, two or five of a power of ten: a top that can be read. */
function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'} ${x.toFixed(1)} ${y.toFixed(1)}`)
    .join(' ');
}
